using ActorFed.Host.Settings;

namespace ActorFed.Host.Tests.Settings;

/// <summary>Every configuration that lies beside the program can be used as it is.</summary>
public sealed class ShippedConfTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "hocon");

    public static TheoryData<string> Files =>
        [
            .. Directory
                .EnumerateFiles(Folder, "*.conf", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Folder, f))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Its_settings_are_all_known_and_keep_their_rules(string file)
    {
        var user = SettingOverrides.FromFile(Path.Combine(Folder, file));

        var settings = SettingsLoader.Load(user.WithFallback(SettingsLoader.Below(user)), Folder);

        Assert.NotEmpty(settings.Method);
    }

    [Fact]
    public void The_scenarios_of_FDLoRA_are_there_with_their_clients_and_own_parts()
    {
        foreach (
            var (file, dataset, field) in new[]
            {
                ("fdlora-logs.conf", "loghub-tags", "system"),
                ("fdlora-log-templates.conf", "loghub-templates", "system"),
                ("fdlora-medical.conf", "medquad", "source"),
            }
        )
        {
            var user = SettingOverrides.FromFile(Path.Combine(Folder, file));
            var settings = SettingsLoader.Load(user.WithFallback(SettingsLoader.Below(user)), Folder);

            Assert.Equal(
                ("fdlora", dataset, field, 0),
                (settings.Method, settings.Dataset, settings.Partition.Field, settings.Partition.Clients)
            );
            Assert.True(settings.Training.Number("personal.holdout") > 0);
            Assert.Equal(dataset == "loghub-templates", settings.Training.Flag("head.personal"));
            Assert.Equal(dataset != "medquad", settings.Training.Flag("personal.one-class"));
        }
    }
}
