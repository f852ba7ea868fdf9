using ActorFed.Actors.Configuration;
using ActorFed.Host.Settings;
using ActorFed.Training.Methods;

namespace ActorFed.Host.Tests.Settings;

public sealed class SettingsLoaderTests
{
    [Fact]
    public void The_shipped_defaults_are_good()
    {
        var settings = Load();

        Assert.Equal(("fedit", "use-lite", "spam-assassin-groups"), (settings.Method, settings.Model, settings.Dataset));
        Assert.Equal("balanced-accuracy", settings.Metric);
        Assert.Equal(20, settings.Partition.Clients);
    }

    [Fact]
    public void A_data_set_starts_from_settings_of_its_own_and_the_user_goes_over_them()
    {
        var user = new SettingOverrides(
            null,
            [new("actorfed.data.dataset", "20newsgroups"), new("actorfed.train.steps", "7")]
        ).ToConfig();

        var settings = SettingsLoader.Load(user.WithFallback(SettingsLoader.Below(user)));

        Assert.Equal((0.3, 3, 40), (settings.Partition.Alpha, settings.Round.PerRound, settings.Rounds)); // hocon/datasets
        Assert.Equal(7, settings.Training.Whole("train.steps"));
        Assert.Equal(20, SettingsLoader.Load(SettingsLoader.Below(Akka.Configuration.Config.Empty)).Rounds);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void What_a_data_set_starts_from_names_that_data_set_and_is_good(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        Assert.Contains(name, ActorFed.Training.Data.Named.NamedDatasets.Names);
        var user = new SettingOverrides(null, [new("actorfed.data.dataset", name)]).ToConfig();

        Assert.Equal(name, SettingsLoader.Load(user.WithFallback(SettingsLoader.Below(user))).Dataset);
    }

    public static TheoryData<string> Shipped =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "hocon", "datasets")).Select(f => Path.GetFileName(f))];

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_with_path_value_and_rule()
    {
        var error = Assert.Throws<InvalidSettingsException>(() =>
            Load(
                "actorfed.lora.rank=0", // fault: rank 0
                "actorfed.lora.rnak=4", // fault: an unknown key
                "actorfed.round.deadline=10 parsecs", // fault: a wrong unit
                "actorfed.round.quorum=9", // fault: a quorum above the cohort
                "actorfed.profiles.speed=fixed(0)", // fault: a client that never ends
                "actorfed.partition.alpha=much" // fault: no number
            )
        );

        Assert.Equal(
            """
            6 settings cannot be used:
              actorfed.lora.rnak: unknown key; did you mean actorfed.lora.rank?
              actorfed.lora.rank = 0: a whole number from 1 to 512 is expected
              actorfed.partition.alpha = much: a number from 0.001 to 1000000 is expected
              actorfed.profiles.speed = fixed(0): every value is above 0, or a job would never end
              actorfed.round.deadline = 10 parsecs: a duration from 1 s to 7 d, its unit one of ns, us, ms, s, m, h or d is expected
              actorfed.round.quorum = 9: exceeds per-round (5)
            """,
            error.Message
        );
    }

    [Theory]
    [InlineData("actorfed.run.rounds=10x", "actorfed.run.rounds = 10x: a whole number from 1 to 1000000 (rounds) is expected")]
    [InlineData("actorfed.run.seed=-1", "actorfed.run.seed = -1: a whole number from 0 to 9007199254740992 is expected")]
    [InlineData("actorfed.round.per-round=21", "actorfed.round.per-round = 21: exceeds the run's clients (20)")]
    [InlineData("lora.rank=4", "lora.rank: unknown key; did you mean actorfed.lora.rank?")]
    [InlineData(
        "actorfed.partition.scheme=natural",
        "actorfed.partition.field: a natural partition names a field of the documents, or label"
    )]
    [InlineData("actorfed.partition.clients=0", "actorfed.partition.clients = 0: at least 1, unless the scheme is natural")]
    [InlineData(
        "actorfed.data.dataset=table",
        "actorfed.data.train: the data set is table: name the file of its training documents"
    )]
    [InlineData(
        "actorfed.profiles.budgets=huge",
        "actorfed.profiles.budgets = huge: one of bell-shaped, uniform, right-skewed, fixed, or fixed(BUDGET) is expected"
    )]
    [InlineData("actorfed.profiles.availability=fixed(2)", "actorfed.profiles.availability = fixed(2): a probability, at most 1")]
    [InlineData("actorfed.lora.targets=", "actorfed.lora.targets = \"\": a list that is not empty is expected")]
    public void One_wrong_setting_is_one_line(string setting, string line)
    {
        var error = Assert.Throws<InvalidSettingsException>(() => Load(setting));

        Assert.Equal($"A setting cannot be used:{Environment.NewLine}  {line}", error.Message);
    }

    [Fact]
    public void A_method_that_there_is_not_is_answered_with_those_that_there_are()
    {
        var error = Assert.Throws<InvalidSettingsException>(() => Load("actorfed.run.method=fedavg"));

        var names = string.Join(", ", MethodCatalog.All.Select(m => m.Name));
        Assert.EndsWith($"actorfed.run.method = fedavg: one of {names} is expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_goes_over_the_defaults_and_a_single_value_over_the_file()
    {
        using var world = new TestWorld();
        var file = world.Write("my.conf", "actorfed { lora { rank = 3, alpha = 5 }, lora.targets = [a, b] }");
        var said = new SettingOverrides(file, [new("actorfed.lora.rank", "7")]);

        var settings = SettingsLoader.Load(said.ToConfig().WithFallback(SettingsLoader.Standard));

        Assert.Equal(("7", "5", "a b"), (settings["lora.rank"], settings["lora.alpha"], settings["lora.targets"]));
    }

    [Fact]
    public void What_is_no_hocon_is_named_with_its_file()
    {
        using var world = new TestWorld();
        var file = world.Write("bad.conf", "actorfed { lora.rank = "); // fault: the file ends in the middle

        var error = Assert.Throws<UserException>(() => new SettingOverrides(file, []).ToConfig());

        Assert.Equal(ExitCode.BadSettings, error.Code);
        Assert.StartsWith($"{file}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_resolved_settings_read_as_themselves()
    {
        var settings = Load("actorfed.data.root=/a \"quoted\" place\\with everything", "actorfed.lora.targets=x.{q,v}  y");

        var again = SettingsLoader.Load(Akka.Configuration.ConfigurationFactory.ParseString(settings.ToText()));

        Assert.Equal(settings.ToText(), again.ToText());
        Assert.Equal(settings.Hash, again.Hash);
        Assert.Equal("x.{q,v} y", again["lora.targets"]);
    }

    [Fact]
    public void The_hash_sees_what_decides_a_result_and_nothing_else()
    {
        Assert.Equal(
            Load().Hash,
            Load("actorfed.simulate.workers=3", "actorfed.data.root=/elsewhere", "actorfed.output.keep=9").Hash
        );
        Assert.NotEqual(Load().Hash, Load("actorfed.train.rate=0.004").Hash);
    }

    [Fact]
    public void A_difference_is_old_and_new()
    {
        var lines = SettingsDiff.Of(Load().Texts, Load("actorfed.run.seed=5", "actorfed.simulate.workers=1").Texts);

        Assert.Equal(["actorfed.run.seed: 1 -> 5"], lines);
    }

    private static RunSettings Load(params string[] settings)
    {
        var said = settings.Select(s => s.Split('=', 2)).Select(p => new KeyValuePair<string, string>(p[0], p[1]));
        return SettingsLoader.Load(new SettingOverrides(null, [.. said]).ToConfig().WithFallback(SettingsLoader.Standard));
    }
}
