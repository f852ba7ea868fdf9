using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class ActorSystemSpec
{
    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a b")]
    public void A_bad_name_is_refused(string name) => Assert.Throws<ArgumentException>(() => ActorSystem.Create(name));

    [Fact]
    public async Task Shutdown_runs_every_phase_once_in_order_and_ends_the_system()
    {
        var local = new LocalSystem();
        var order = new List<string>();
        var shutdown = CoordinatedShutdown.Get(local.Sys);
        foreach (var phase in (string[])[CoordinatedShutdown.PhaseServiceStop, CoordinatedShutdown.PhaseBeforeServiceUnbind])
        {
            shutdown.AddTask(
                phase,
                "note",
                () =>
                {
                    order.Add(phase);
                    return Task.FromResult(Done.Instance);
                }
            );
        }
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fails", () => throw new InvalidOperationException("x"));
        local.Sys.RegisterOnTermination(() => order.Add("ended"));

        var first = shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);
        Assert.Same(first, shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance));
        await LocalSystem.Soon(first);
        await LocalSystem.Soon(local.Sys.WhenTerminated);

        Assert.Same(CoordinatedShutdown.UnknownReason.Instance, shutdown.ShutdownReason);
        Assert.Equal([CoordinatedShutdown.PhaseBeforeServiceUnbind, CoordinatedShutdown.PhaseServiceStop, "ended"], order);
    }

    [Fact]
    public async Task An_extension_is_made_once()
    {
        await using var local = new LocalSystem();

        var made = new CounterId().Apply(local.Sys);

        Assert.Same(made, new CounterId().Get(local.Sys));
        Assert.True(local.Sys.HasExtension<Counter>());
        Assert.Same(made, local.Sys.GetExtension<Counter>());
    }

    private sealed class Counter : IExtension;

    private sealed class CounterId : ExtensionIdProvider<Counter>
    {
        public override Counter CreateExtension(ExtendedActorSystem system) => new();
    }

    [Fact]
    public async Task Ending_a_system_stops_all_its_actors_however_many()
    {
        var local = new LocalSystem();
        var parent = local.Sys.ActorOf(Props.Create(() => new Many(20_000)));
        await LocalSystem.Soon(parent.Ask<ActorIdentity>(new Identify(1)));

        await local.DisposeAsync();

        Assert.True(((IInternalActorRef)parent).IsTerminated);
    }

    private sealed class Many : UntypedActor
    {
        public Many(int children)
        {
            for (var i = 0; i < children; i++)
                Context.ActorOf(Props.Empty);
        }

        protected override void OnReceive(object message) { }
    }
}
