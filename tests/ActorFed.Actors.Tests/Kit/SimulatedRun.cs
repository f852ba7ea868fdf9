using System.Collections.Concurrent;
using System.Collections.Immutable;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Actors.Wire;
using ActorFed.Kernel.VirtualTime;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.Configuration;

namespace ActorFed.Actors.Tests.Kit;

/// <summary>A whole run in one process on a virtual clock: real actors, real messages, serialised on the way.</summary>
internal sealed class SimulatedRun : IAsyncDisposable
{
    // Only a hang of the code under test gets this far: on a virtual clock nothing waits.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly ActorSystem _system;

    public SimulatedRun(RunSpec spec, long schedule = 0, string order = "fifo")
    {
        Spec = spec;
        var config = ConfigurationFactory
            .ParseString("akka { loglevel = OFF, stdout-loglevel = OFF, actor.serialize-messages = on }")
            .WithFallback(VirtualTimeHocon.Create(schedule, order))
            .WithFallback(WireConfiguration.Reference);
        _system = ActorSystem.Create("simulated", config);
        Watcher = _system.ActorOf(Props.Create(() => new Recorder(Events)), "watcher");
        _system.EventStream.Subscribe(Watcher, typeof(IRunEvent));
    }

    public RunSpec Spec { get; }
    public IActorRef Watcher { get; }
    public ActorSystem System => _system;
    public MemoryBlobStore Blobs { get; } = new(bound: 1 << 20);
    public MemoryJournal Journal { get; init; } = new();
    public MemoryPersonalStore Personal { get; init; } = new();
    public ImmutableArray<IDevice> Devices { get; init; } = [new CountingDevice()];
    public ConcurrentQueue<IRunEvent> Events { get; } = [];

    public async Task<RunOutcome> Finish(Action<RunHandle>? meanwhile = null)
    {
        RunHandle handle;
        using (VirtualScheduler.Of(_system)!.Pause()) // the schedule is then a function of the seed
        {
            handle = RunLauncher.Start(_system, Spec, new(Devices, Blobs, Journal, Personal));
            meanwhile?.Invoke(handle);
        }

        try
        {
            return await handle.Outcome.WaitAsync(Hang);
        }
        finally
        {
            Settle(handle.Outcome);
        }
    }

    /// <summary>Does something in the very step in which an event is published.</summary>
    public void On<T>(Func<T, bool> which, Action act)
        where T : IRunEvent
    {
        var trigger = _system.ActorOf(Props.Create(() => new Trigger<T>(which, act)));
        _system.EventStream.Subscribe(trigger, typeof(T));
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate().WaitAsync(Hang);
        _system.Dispose();
    }

    // The outcome is out before the clients have heard of their last updates and let go of them, and before the watcher has seen the end.
    private void Settle(Task outcome)
    {
        if (outcome.IsCompleted)
        {
            VirtualScheduler.Of(_system)!.Pause().Dispose();
        }
    }

    private sealed class Recorder : ReceiveActor
    {
        public Recorder(ConcurrentQueue<IRunEvent> events) => Receive<IRunEvent>(events.Enqueue);
    }

    private sealed class Trigger<T> : ReceiveActor
        where T : IRunEvent
    {
        public Trigger(Func<T, bool> which, Action act) =>
            Receive<T>(e =>
            {
                if (which(e))
                {
                    act();
                }
            });
    }
}
