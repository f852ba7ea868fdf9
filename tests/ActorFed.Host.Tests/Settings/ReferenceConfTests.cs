using ActorFed.Actors.Configuration;
using ActorFed.Host.Settings;
using Akka.Configuration;

namespace ActorFed.Host.Tests.Settings;

public sealed class ReferenceConfTests
{
    private static string FilePath => Path.Combine(AppContext.BaseDirectory, "hocon", "reference.conf");

    /// <summary>To write it anew: ACTORFED_WRITE_REFERENCE=hocon/reference.conf dotnet test --filter ReferenceConf.</summary>
    [Fact]
    public void The_file_is_what_the_declarations_say()
    {
        if (Environment.GetEnvironmentVariable("ACTORFED_WRITE_REFERENCE") is { Length: > 0 } target)
        {
            File.WriteAllText(target, ReferenceText.Make());
        }

        Assert.Equal(ReferenceText.Make(), File.ReadAllText(FilePath));
    }

    [Fact]
    public void Every_key_of_it_is_declared_and_every_declared_key_is_in_it()
    {
        var inFile = SettingTree.Flatten(ConfigurationFactory.ParseString(File.ReadAllText(FilePath)));

        Assert.Equal(SettingCatalog.BuiltIn.ByPath.Keys, inFile.Keys);
        Assert.All(SettingCatalog.BuiltIn.All, key => Assert.True(key.Parse(inFile[key.Path]) is not null, key.Path));
        Assert.All(SettingCatalog.BuiltIn.All, key => Assert.True(key.Summary.Length > 8 && key.Rule.Length > 3, key.Path));
    }

    [Fact]
    public void The_words_about_rounds_are_those_of_the_reader_that_checks_them()
    {
        foreach (var key in SettingCatalog.BuiltIn.All.Where(k => k.Path.StartsWith("actorfed.round.", StringComparison.Ordinal)))
        {
            var config = SettingTree.Of(key.Path, "nonsense").WithFallback(SettingsLoader.Standard);
            var error = Assert.Throws<InvalidSettingsException>(() => RoundSettings.Load(config, clients: 20));
            Assert.Contains(error.Errors, e => e.Path == key.Path && e.Rule.Contains(key.Rule, StringComparison.Ordinal));
        }
    }
}
