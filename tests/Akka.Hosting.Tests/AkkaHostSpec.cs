using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting.Tests;

/// <summary>A real host, started and stopped.</summary>
public sealed class AkkaHostSpec
{
    private sealed class Greeter : ReceiveActor
    {
        public Greeter(string name) => Receive<string>(text => Sender.Tell($"{name}: {text}"));

        public Greeter(Named named)
            : this(named.Name) { }
    }

    private sealed record Named(string Name);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static IHost Build(Action<AkkaConfigurationBuilder> akka, Action<IServiceCollection>? services = null) =>
        new HostBuilder()
            .ConfigureServices(s =>
            {
                services?.Invoke(s);
                s.AddAkka("hosted", (builder, _) => akka(builder.AddHocon("akka.loglevel = OFF", HoconAddMode.Append)));
            })
            .Build();

    [Fact]
    public async Task Actors_start_with_the_host_and_are_found_in_the_registry()
    {
        using var host = Build(akka =>
            akka.WithActors(
                (system, registry) => registry.Register<Greeter>(system.ActorOf(Props.Create(() => new Greeter("a")), "greeter"))
            )
        );
        var required = host.Services.GetRequiredService<IRequiredActor<Greeter>>();
        var early = required.GetAsync();
        await host.StartAsync();
        var greeter = host.Services.GetRequiredService<ActorRegistry>().Get<Greeter>();
        Assert.Equal(greeter, required.ActorRef);
        Assert.Equal(greeter, await early.WaitAsync(Patience));
        Assert.Equal("a: hi", await greeter.Ask<string>("hi", Patience));
        Assert.Equal("hosted", host.Services.GetRequiredService<ActorSystem>().Name);
        await host.StopAsync();
    }

    [Fact]
    public async Task The_actor_system_ends_by_coordinated_shutdown_when_the_host_stops()
    {
        var phases = new List<string>();
        using var host = Build(akka =>
            akka.AddStartup(
                (system, _) =>
                    CoordinatedShutdown
                        .Get(system)
                        .AddTask(
                            CoordinatedShutdown.PhaseServiceStop,
                            "note",
                            () =>
                            {
                                phases.Add("service-stop");
                                return Task.FromResult(Done.Instance);
                            }
                        )
            )
        );
        await host.StartAsync();
        var system = host.Services.GetRequiredService<ActorSystem>();
        await host.StopAsync();
        await system.WhenTerminated.WaitAsync(Patience);
        Assert.Equal(["service-stop"], phases);
        Assert.IsType<CoordinatedShutdown.ClrExitReason>(CoordinatedShutdown.Get(system).ShutdownReason);
    }

    [Fact]
    public async Task The_host_stops_when_the_actor_system_ends_by_itself()
    {
        using var host = Build(_ => { });
        await host.StartAsync();
        var stopping = new TaskCompletionSource();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        await host.Services.GetRequiredService<ActorSystem>().Terminate();
        await stopping.Task.WaitAsync(Patience);
        await host.StopAsync();
    }

    [Fact]
    public async Task Starters_run_in_the_order_in_which_they_were_added()
    {
        var order = new List<int>();
        using var host = Build(akka =>
            akka.StartActors((_, _) => order.Add(1))
                .AddStartup(
                    async (_, _) =>
                    {
                        await Task.Yield();
                        order.Add(2);
                    }
                )
                .WithActors((_, _, _) => order.Add(3))
        );
        await host.StartAsync();
        Assert.Equal([1, 2, 3], order);
        await host.StopAsync();
    }

    [Fact]
    public async Task An_actor_gets_services_through_the_resolver()
    {
        using var host = Build(
            akka =>
                akka.WithActors(
                    (system, registry, resolver) => registry.Register<Greeter>(system.ActorOf(resolver.Props<Greeter>()))
                ),
            services => services.AddSingleton(new Named("injected"))
        );
        await host.StartAsync();
        var greeter = host.Services.GetRequiredService<IActorRegistry>().Get<Greeter>();
        Assert.Equal("injected: hi", await greeter.Ask<string>("hi", Patience));
        await host.StopAsync();
    }

    [Fact]
    public async Task A_starter_that_fails_fails_the_start_of_the_host()
    {
        using var host = Build(akka => akka.WithActors((_, _) => throw new InvalidOperationException("no device")));
        Assert.Equal("no device", (await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync())).Message);
        await host.StopAsync();
    }

    [Fact]
    public async Task Settings_join_by_their_mode()
    {
        using var host = Build(akka =>
            akka.AddHocon("a = 1, b = 1", HoconAddMode.Append)
                .AddHocon("a = 2", HoconAddMode.Prepend)
                .AddHocon("b = 3, c = 3", HoconAddMode.Append)
                .WithActorAskTimeout(TimeSpan.FromSeconds(7))
        );
        var config = host.Services.GetRequiredService<ActorSystem>().Settings.Config;
        Assert.Equal((2, 1, 3), (config.GetInt("a"), config.GetInt("b"), config.GetInt("c")));
        Assert.Equal(TimeSpan.FromSeconds(7), config.GetTimeSpan("akka.actor.ask-timeout"));
        await host.Services.GetRequiredService<ActorSystem>().Terminate();
    }

    [Fact]
    public void A_missing_settings_file_is_named()
    {
        using var host = Build(akka => akka.AddHoconFile("none.conf", HoconAddMode.Prepend));
        var error = Assert.Throws<ConfigurationException>(() => host.Services.GetRequiredService<ActorSystem>());
        Assert.Contains("none.conf' was not found", error.Message);
    }

    [Fact]
    public void A_type_that_is_no_extension_is_refused_by_name()
    {
        using var host = Build(akka => akka.WithExtensions(typeof(string)));
        var error = Assert.Throws<ConfigurationException>(() => host.Services.GetRequiredService<ActorSystem>());
        Assert.StartsWith("System.String is no extension", error.Message);
    }

    private sealed class Sink(TaskCompletionSource<string> first) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose() { }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(
            Microsoft.Extensions.Logging.LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            var text = formatter(state, exception);
            if (text.Contains("lost shard", StringComparison.Ordinal))
                first.TrySetResult($"{logLevel} {text}");
        }
    }

    [Fact]
    public async Task Log_events_of_actors_reach_the_loggers_of_the_host()
    {
        var first = new TaskCompletionSource<string>();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(new Sink(first)));
        using var host = Build(akka => akka.ConfigureLoggers(loggers => loggers.ClearLoggers().AddLoggerFactory(factory)));
        await host.StartAsync();
        host.Services.GetRequiredService<ActorSystem>().Log.Warning("lost shard {0}", 3);
        var logged = await first.Task.WaitAsync(Patience);
        Assert.StartsWith("Warning ", logged);
        Assert.EndsWith("lost shard 3", logged);
        await host.StopAsync();
    }
}
