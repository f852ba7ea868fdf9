using ActorFed.Actors.Store;
using ActorFed.Actors.Wire;
using ActorFed.Kernel.VirtualTime;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;

namespace ActorFed.Actors.Tests.Kit;

/// <summary>A test of one real actor: its neighbours are probes, messages are serialised, and time stands until the test moves it.</summary>
public abstract class FaultKit : Akka.TestKit.Xunit2.TestKit
{
    private static readonly Config Settings = ConfigurationFactory
        .ParseString("akka { loglevel = OFF, stdout-loglevel = OFF, actor.serialize-messages = on }")
        .WithFallback(VirtualTimeHocon.Create(seed: 0))
        .WithFallback(WireConfiguration.Reference);

    protected FaultKit()
        : base(Settings) => Clock = new(Sys);

    private protected static TimeSpan OneTick { get; } = TimeSpan.FromTicks(1);

    private protected SteppedClock Clock { get; }

    private protected MemoryBlobStore Blobs { get; } = new(bound: 1 << 20);

    /// <summary>Starts an actor below a parent that stops it at a fault. The fault, and what it tells its parent, come to the probe.</summary>
    private protected (IActorRef Actor, TestProbe Parent) Raise(Props props, string name)
    {
        var probe = CreateTestProbe($"parent-of-{name}");
        Sys.ActorOf(Props.Create(() => new Parent(props, name, probe.Ref)), $"above-{name}");
        Clock.Settle();
        return (probe.Next<Child>().Actor, probe);
    }

    private protected static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>What a parent had to decide about.</summary>
    private protected sealed record Fault(Exception Cause) : ILocalMessage;

    private sealed record Child(IActorRef Actor) : ILocalMessage;

    private sealed class Parent : ReceiveActor
    {
        private readonly IActorRef _probe;

        public Parent(Props child, string name, IActorRef probe)
        {
            _probe = probe;
            probe.Tell(new Child(Context.ActorOf(child, name)));
            ReceiveAny(m => probe.Forward(m));
        }

        protected override SupervisorStrategy SupervisorStrategy() =>
            new OneForOneStrategy(fault =>
            {
                _probe.Tell(new Fault(fault));
                return Directive.Stop;
            });
    }
}

/// <summary>Time stands when these are asked: a message is there, or it does not come.</summary>
internal static class Expectations
{
    public static T Next<T>(this TestProbe probe) => probe.ExpectMsg<T>(TimeSpan.Zero);

    public static void HearsNothing(this TestProbe probe)
    {
        if (probe.HasMessages)
        {
            Assert.Fail($"{probe.Ref.Path.Name} heard {probe.ReceiveOne(TimeSpan.Zero)}");
        }
    }

    /// <summary>All that is there, oldest first.</summary>
    public static IReadOnlyList<object> Rest(this TestProbe probe)
    {
        var all = new List<object>();
        while (probe.HasMessages)
        {
            all.Add(probe.ReceiveOne(TimeSpan.Zero)!);
        }

        return all;
    }
}
