using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Akka.Tests.Configuration;

public sealed class ConfigurationFactorySpec
{
    [Fact]
    public void Default_settings_are_those_of_the_actor_system()
    {
        var config = ConfigurationFactory.Default();
        Assert.Equal("INFO", config.GetString("akka.loglevel"));
        Assert.Equal(30, config.GetInt("akka.actor.default-dispatcher.throughput"));
        Assert.Equal("json", config.GetString("akka.actor.serialization-bindings.\"System.Object\""));
        Assert.Equal(TimeSpan.FromMinutes(5), config.GetTimeSpan("akka.log-dead-letters-suspend-duration"));
        Assert.Equal(
            ["cluster-shutdown"],
            config.GetStringList("akka.coordinated-shutdown.phases.before-actor-system-terminate.depends-on")
        );
    }

    [Fact]
    public void An_object_becomes_its_properties()
    {
        var config = ConfigurationFactory.FromObject(
            new
            {
                actorfed = new
                {
                    rounds = 5,
                    name = "a \"b\"",
                    rates = new[] { 0.1, 1e-5 },
                },
            }
        );
        Assert.Equal(5, config.GetInt("actorfed.rounds"));
        Assert.Equal("a \"b\"", config.GetString("actorfed.name"));
        Assert.Equal([0.1, 1e-5], config.GetDoubleList("actorfed.rates"));
    }

    [Fact]
    public void Empty_text_and_Empty_are_empty()
    {
        Assert.True(ConfigurationFactory.Empty.IsEmpty);
        Assert.True(ConfigurationFactory.ParseString("").IsEmpty);
        Assert.True(ConfigurationFactory.ParseString("# only a comment\r\n").IsEmpty);
        Assert.True(ConfigurationFactory.ParseString("{}").IsEmpty);
    }

    [Fact]
    public void An_application_without_settings_file_loads_nothing() => Assert.True(ConfigurationFactory.Load().IsEmpty);

    [Fact]
    public void Load_reads_the_hocon_element_of_the_settings_file()
    {
        var name = System.Reflection.Assembly.GetEntryAssembly()!.GetName().Name;
        var path = Path.Combine(AppContext.BaseDirectory, $"{name}.dll.config");
        try
        {
            File.WriteAllText(path, "<configuration><akka><hocon><![CDATA[ a { b = 7 } ]]></hocon></akka></configuration>");
            Assert.Equal(7, ConfigurationFactory.Load().GetInt("a.b"));
            File.WriteAllText(path, "<configuration>\n<akka>");
            Assert.Contains("line 2", Assert.Throws<ConfigurationException>(ConfigurationFactory.Load).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_resource_is_named_in_full_and_found_in_the_assembly_of_a_type_or_instance()
    {
        const string Name = "Akka.Configuration.akka.conf";
        Assert.Equal("INFO", ConfigurationFactory.FromResource(Name).GetString("akka.loglevel"));
        Assert.Equal("INFO", ConfigurationFactory.FromResource(Name, typeof(Config)).GetString("akka.loglevel"));
        Assert.Equal("INFO", ConfigurationFactory.FromResource(Name, Config.Empty).GetString("akka.loglevel"));
        Assert.Equal("INFO", ConfigurationFactory.FromResource(Name, typeof(Config).Assembly).GetString("akka.loglevel"));
    }

    [Fact]
    public void A_missing_resource_is_named_with_its_assembly()
    {
        var error = Assert.Throws<ConfigurationException>(() => ConfigurationFactory.FromResource("none.conf", this));
        Assert.Equal("The assembly Akka.Tests has no resource 'none.conf'.", error.Message);
    }

    [Fact]
    public void An_include_callback_gives_the_included_settings()
    {
        var config = ConfigurationFactory.ParseString(
            "a { include \"base\", x = 2 }",
            name => new HoconRoot(ConfigurationFactory.ParseString($"x = 1, from = {name}").Root)
        );
        Assert.Equal("base", config.GetString("a.from"));
        Assert.Equal(2, config.GetInt("a.x"));
    }

    [Fact]
    public void A_string_is_a_configuration_and_plus_puts_a_fallback_behind()
    {
        Config config = "a = 1";
        Assert.Equal(2, (config + "a = 5, b = 2").GetInt("b"));
        Assert.Equal(9, ("a = 9" + config).GetInt("a"));
    }

    [Fact]
    public void No_text_is_an_argument_error() =>
        Assert.Throws<ArgumentNullException>(() => ConfigurationFactory.ParseString(null!));
}
