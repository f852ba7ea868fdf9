using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Akka.Remote.Tests;

/// <summary>Remoting in a host.</summary>
public sealed class HostingSpec
{
    private const string Quiet = "akka { loglevel = OFF, stdout-loglevel = OFF, loggers = [] }";

    private static async Task<Config> Started(Action<AkkaConfigurationBuilder> configure, Action<ActorSystem>? look = null)
    {
        using var host = new HostBuilder()
            .ConfigureServices(services =>
                services.AddAkka(
                    "hosted",
                    builder =>
                    {
                        builder.AddHocon(Quiet, HoconAddMode.Append);
                        configure(builder);
                    }
                )
            )
            .Build();
        await host.StartAsync();
        var system = host.Services.GetRequiredService<ActorSystem>();
        look?.Invoke(system);
        var config = system.Settings.Config;
        await host.StopAsync();
        return config;
    }

    [Fact]
    public async Task It_listens_where_it_is_told_to()
    {
        Address? address = null;
        await Started(
            builder => builder.WithRemoting("127.0.0.1", 0, "localhost"),
            system => address = ((ExtendedActorSystem)system).Provider.DefaultAddress
        );
        Assert.Equal(("akka.tcp", "hosted", "localhost"), (address!.Protocol, address.System, address.Host));
    }

    [Fact]
    public async Task Options_become_settings_and_what_is_not_set_stays()
    {
        var options = new RemoteOptions
        {
            HostName = "127.0.0.1",
            Port = 0,
            MaxFrameSize = 200_000,
            SendBufferSize = 300_000,
            WatchFailureDetector = new() { Threshold = 9.5, HeartbeatInterval = TimeSpan.FromSeconds(2) },
            TransportFailureDetector = new() { AcceptableHeartbeatPause = TimeSpan.FromMinutes(1) },
        };

        var config = await Started(builder => builder.WithRemoting(options));

        var tcp = config.GetConfig("akka.remote.dot-netty.tcp")!;
        Assert.Equal(
            (200_000L, 300_000L, 256_000L),
            (tcp.GetByteSize("maximum-frame-size"), tcp.GetByteSize("send-buffer-size"), tcp.GetByteSize("receive-buffer-size"))
        );
        Assert.Equal(9.5, config.GetDouble("akka.remote.watch-failure-detector.threshold"));
        Assert.Equal(TimeSpan.FromSeconds(2), config.GetTimeSpan("akka.remote.watch-failure-detector.heartbeat-interval"));
        Assert.Equal(
            TimeSpan.FromMinutes(1),
            config.GetTimeSpan("akka.remote.transport-failure-detector.acceptable-heartbeat-pause")
        );
        Assert.Equal(200, config.GetInt("akka.remote.watch-failure-detector.max-sample-size"));
    }

    [Fact]
    public async Task An_action_configures_the_options()
    {
        var config = await Started(builder =>
            builder.WithRemoting(options =>
            {
                options.HostName = "127.0.0.1";
                options.Port = 0;
                options.Ssl.SuppressValidation = true;
                options.Ssl.CertificateOptions.Path = "some file.pfx";
            })
        );
        Assert.True(config.GetBoolean("akka.remote.dot-netty.tcp.ssl.suppress-validation"));
        Assert.Equal("some file.pfx", config.GetString("akka.remote.dot-netty.tcp.ssl.certificate.path"));
    }
}
