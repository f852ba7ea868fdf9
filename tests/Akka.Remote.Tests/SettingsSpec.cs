using Akka.Actor;
using Akka.Configuration;

namespace Akka.Remote.Tests;

/// <summary>Settings that cannot be used are refused at the start, by name.</summary>
public sealed class SettingsSpec
{
    private const string Quiet = "akka { actor.provider = remote, loglevel = OFF, stdout-loglevel = OFF, loggers = [] }\n";

    [Theory]
    [InlineData("akka.remote.dot-netty.tcp.port = 70000", "port is 70000")]
    [InlineData("akka.remote.dot-netty.tcp.maximum-frame-size = 100b", "maximum-frame-size is 100")]
    [InlineData("akka.remote.dot-netty.tcp.byte-order = middle", "byte-order is 'middle'")]
    [InlineData(
        "akka.remote.dot-netty.tcp { write-buffer-high-water-mark = 10b, write-buffer-low-water-mark = 20b }",
        "low-water-mark is 20"
    )]
    [InlineData("akka.remote.enabled-transports = [\"akka.remote.other\"]", "akka.remote.other")]
    [InlineData("akka.remote.dot-netty.tcp.applied-adapters = [gremlin]", "gremlin")]
    [InlineData("akka.remote.handshake-timeout = 0 s", "handshake-timeout")]
    [InlineData("akka.remote.system-message-buffer-size = 0", "system-message-buffer-size is 0")]
    [InlineData("actorfed.kernel.remote.max-inbound-connections = 0", "max-inbound-connections is 0")]
    [InlineData("akka.actor.deployment { /x { remote = \"akka.tcp://a@b:1\" } }", "starts no actors on other systems")]
    [InlineData("akka.remote.transport-failure-detector.implementation-class = No.Such.Class", "No.Such.Class")]
    public void A_wrong_setting_names_itself(string wrong, string named)
    {
        var config = ConfigurationFactory.ParseString(
            Quiet + "akka.remote.dot-netty.tcp { hostname = \"127.0.0.1\", port = 0 }\n" + wrong
        );

        var thrown = Assert.Throws<ConfigurationException>(() => ActorSystem.Create("x", config));

        Assert.Contains(named, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_name_and_port_are_the_address_wherever_it_listens()
    {
        using var system = ActorSystem.Create(
            "x",
            ConfigurationFactory.ParseString(
                Quiet
                    + "akka.remote.dot-netty.tcp { hostname = \"127.0.0.1\", port = 0, public-hostname = \"node.example\", public-port = 4242 }"
            )
        );
        var address = ((ExtendedActorSystem)system).Provider.DefaultAddress;
        Assert.Equal("akka.tcp://x@node.example:4242", address.ToString());
        await system.Terminate();
    }

    [Fact]
    public async Task Without_a_name_it_listens_everywhere_and_calls_itself_as_the_machine_does()
    {
        using var system = ActorSystem.Create(
            "x",
            ConfigurationFactory.ParseString(Quiet + "akka.remote.dot-netty.tcp.port = 0")
        );
        Assert.Equal(System.Net.Dns.GetHostName(), ((ExtendedActorSystem)system).Provider.DefaultAddress.Host);
        await system.Terminate();
    }
}
