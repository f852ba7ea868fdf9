using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Hosting.SBR;
using Akka.Cluster.SBR;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Akka.Cluster.Tools.Tests;

/// <summary>A node of a cluster in a host.</summary>
public sealed class HostingSpec
{
    private const string Quiet = """
        akka { loglevel = OFF, stdout-loglevel = OFF, loggers = [] }
        akka.cluster { gossip-interval = 100 ms, leader-actions-interval = 100 ms, periodic-tasks-initial-delay = 100 ms }
        akka.cluster.singleton-proxy.singleton-identification-interval = 100 ms
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static async Task Started(Action<AkkaConfigurationBuilder> configure, Func<IServiceProvider, ActorSystem, Task> look)
    {
        using var host = new HostBuilder()
            .ConfigureServices(services =>
                services.AddAkka(
                    "hosted",
                    builder =>
                    {
                        builder.AddHocon(Quiet, HoconAddMode.Append);
                        builder.WithRemoting("127.0.0.1", 0);
                        configure(builder);
                    }
                )
            )
            .Build();
        await host.StartAsync();
        await look(host.Services, host.Services.GetRequiredService<ActorSystem>());
        await host.StopAsync();
    }

    [Fact]
    public Task Options_become_settings_and_what_is_not_set_stays() =>
        Started(
            builder =>
                builder.WithClustering(
                    new ClusterOptions
                    {
                        Roles = ["server", "gpu 0"],
                        SeedNodes = ["akka.tcp://hosted@127.0.0.1:4053"],
                        MinimumNumberOfMembers = 2,
                        MinimumNumberOfMembersPerRole = new() { ["server"] = 1 },
                        LogInfo = false,
                        FailureDetector = new() { Threshold = 9, AcceptableHeartbeatPause = TimeSpan.FromSeconds(5) },
                        SplitBrainResolver = new StaticQuorumOption { QuorumSize = 3, Role = "server" },
                    }
                ),
            (_, system) =>
            {
                var settings = Cluster.Get(system).Settings;
                Assert.True(settings.Roles.SetEquals(["server", "gpu 0"]));
                Assert.Equal(["akka.tcp://hosted@127.0.0.1:4053"], settings.SeedNodes.Select(s => s.ToString()));
                Assert.Equal((2, 1, false), (settings.MinNrOfMembers, settings.MinNrOfMembersOfRole["server"], settings.LogInfo));
                var detector = settings.FailureDetectorConfig;
                Assert.Equal(
                    (9.0, 5.0, 1000),
                    (
                        detector.GetDouble("threshold"),
                        detector.GetTimeSpan("acceptable-heartbeat-pause").TotalSeconds,
                        detector.GetInt("max-sample-size")
                    )
                );
                var resolver = new SplitBrainResolverSettings(system.Settings.Config);
                Assert.Equal("static-quorum", resolver.DowningStrategy);
                return Task.CompletedTask;
            }
        );

    [Theory]
    [InlineData("keep-majority")]
    [InlineData("keep-oldest")]
    public Task The_resolver_is_chosen_by_its_option(string name) =>
        Started(
            builder =>
                builder.WithClustering(
                    new ClusterOptions
                    {
                        SplitBrainResolver = name is "keep-oldest"
                            ? new KeepOldestOption { DownIfAlone = false, Role = "server" }
                            : SplitBrainResolverOption.Default,
                    }
                ),
            (_, system) =>
            {
                Assert.Equal(name, new SplitBrainResolverSettings(system.Settings.Config).DowningStrategy);
                Assert.Equal(
                    name is "keep-majority",
                    system.Settings.Config.GetBoolean("akka.cluster.split-brain-resolver.keep-oldest.down-if-alone")
                );
                return Task.CompletedTask;
            }
        );

    [Fact]
    public Task A_singleton_is_found_by_its_key_through_its_proxy() =>
        Started(
            builder =>
                builder
                    .WithClustering(new ClusterOptions { Roles = ["server"] })
                    .WithSingleton<Echo>(
                        "echo",
                        Props.Create(() => new Echo()),
                        new ClusterSingletonOptions { Role = "server", BufferSize = 7 }
                    ),
            async (services, system) =>
            {
                var cluster = Cluster.Get(system);
                await cluster.JoinAsync(cluster.SelfAddress).WaitAsync(s_patience);
                var registry = services.GetRequiredService<IActorRegistry>();
                Assert.Equal("there?", await registry.Get<Echo>().Ask<string>("there?", s_patience));
                Assert.Equal("/user/echo-proxy", registry.Get<Echo>().Path.ToStringWithoutAddress());
            }
        );

    [Fact]
    public Task Without_a_proxy_the_key_is_the_managers() =>
        Started(
            builder =>
                builder
                    .WithClustering()
                    .WithSingleton<Echo>("echo", (_, _, _) => Props.Create(() => new Echo()), createProxyToo: false)
                    .WithSingletonProxy<string>("echo"),
            async (services, system) =>
            {
                var cluster = Cluster.Get(system);
                await cluster.JoinAsync(cluster.SelfAddress).WaitAsync(s_patience);
                var registry = services.GetRequiredService<IActorRegistry>();
                Assert.Equal("/user/echo", registry.Get<Echo>().Path.ToStringWithoutAddress());
                Assert.Equal("there?", await registry.Get<string>().Ask<string>("there?", s_patience));
            }
        );

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(m => Sender.Tell(m));
    }
}
