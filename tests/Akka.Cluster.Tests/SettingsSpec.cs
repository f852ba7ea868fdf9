using Akka.Actor;
using Akka.Cluster.SBR;
using Akka.Configuration;

namespace Akka.Cluster.Tests;

/// <summary>Settings are checked at the start, by name.</summary>
public sealed class SettingsSpec
{
    private static Config Read(string hocon) =>
        ConfigurationFactory
            .ParseString(hocon)
            .WithFallback(ConfigurationFactory.FromResource("Akka.Cluster.Configuration.cluster.conf", typeof(Cluster)));

    [Fact]
    public void The_defaults_are_those_of_the_library()
    {
        var settings = new ClusterSettings(Read(""), "sys");
        Assert.Equal(TimeSpan.FromSeconds(1), settings.GossipInterval);
        Assert.Equal(TimeSpan.FromSeconds(1), settings.HeartbeatInterval);
        Assert.Equal(9, settings.MonitoredByNrOfMembers);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.SeedNodeTimeout);
        Assert.Equal(TimeSpan.FromSeconds(10), settings.RetryUnsuccessfulJoinAfter);
        Assert.Null(settings.ShutdownAfterUnsuccessfulJoinSeedNodes);
        Assert.Equal(0.8, settings.GossipDifferentViewProbability);
        Assert.Equal(400, settings.ReduceGossipDifferentViewProbability);
        Assert.True(settings.RunCoordinatedShutdownWhenDown);
        Assert.Equal(typeof(SplitBrainResolverProvider), settings.DowningProviderType);
        var resolver = new SplitBrainResolverSettings(Read(""));
        Assert.Equal(
            ("keep-majority", 20.0, 15.0),
            (resolver.DowningStrategy, resolver.DowningStableAfter.TotalSeconds, resolver.DownAllWhenUnstable.TotalSeconds)
        );
    }

    [Theory]
    [InlineData("akka.cluster.gossip-interval = 0 s", "akka.cluster.gossip-interval")]
    [InlineData("akka.cluster.min-nr-of-members = 0", "akka.cluster.min-nr-of-members is 0; the least is 1")]
    [InlineData("akka.cluster.role.gpu.min-nr-of-members = 0", "akka.cluster.role.gpu.min-nr-of-members")]
    [InlineData("akka.cluster.seed-nodes = [nowhere]", "'nowhere'")]
    [InlineData("akka.cluster.seed-nodes = [\"akka.tcp://other@host:1\"]", "'other', but this one is 'sys'")]
    [InlineData("akka.cluster.downing-provider-class = \"System.String\"", "'System.String'")]
    [InlineData("akka.cluster.auto-down-unreachable-after = 10 s", "auto-down-unreachable-after")]
    [InlineData("akka.cluster.failure-detector.monitored-by-nr-of-members = 0", "monitored-by-nr-of-members")]
    public void A_wrong_setting_is_named(string hocon, string part)
    {
        var error = Assert.Throws<ConfigurationException>(() => new ClusterSettings(Read(hocon), "sys"));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("active-strategy = keep-calm", "keep-calm")]
    [InlineData("active-strategy = lease-majority", "lease-majority")]
    [InlineData("active-strategy = static-quorum", "quorum-size is 'undefined'")]
    [InlineData("stable-after = 0", "stable-after")]
    public void A_wrong_setting_of_the_resolver_is_named(string hocon, string part)
    {
        var error = Assert.Throws<ConfigurationException>(() =>
            new SplitBrainResolverSettings(Read($"akka.cluster.split-brain-resolver {{ {hocon} }}"))
        );
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_system_without_the_provider_has_no_cluster()
    {
        using var system = ActorSystem.Create("plain", "akka { loglevel = OFF, stdout-loglevel = OFF }");
        var error = Assert.Throws<ConfigurationException>(() => Cluster.Get(system));
        Assert.Contains("'akka.actor.provider' set to 'cluster'", error.Message, StringComparison.Ordinal);
    }
}
