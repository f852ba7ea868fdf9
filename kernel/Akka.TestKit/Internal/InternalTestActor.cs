using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>What a test kit tells its test actor. Handled, never queued.</summary>
internal abstract record TestActorCommand : INoSerializationVerificationNeeded
{
    public sealed record Ignore(Func<object, bool>? Predicate) : TestActorCommand;

    public sealed record Pilot(AutoPilot AutoPilot) : TestActorCommand;

    public sealed record WatchActor(IActorRef Actor, TaskCompletionSource Done) : TestActorCommand;

    public sealed record UnwatchActor(IActorRef Actor, TaskCompletionSource Done) : TestActorCommand;

    public sealed record Spawn(Props Props, string? Name, SupervisorStrategy? Strategy, TaskCompletionSource<IActorRef> Child)
        : TestActorCommand;
}

/// <summary>Puts every message that is not ignored into the queue of its test kit.</summary>
internal sealed class InternalTestActor(TestActorQueue queue) : ActorBase
{
    private readonly DelegatingStrategy _strategy = new();
    private Func<object, bool>? _ignore;
    private AutoPilot? _pilot;

    protected override SupervisorStrategy SupervisorStrategy() => _strategy;

    protected override bool Receive(object message)
    {
        if (message is TestActorCommand command)
            Handle(command);
        else
            Take(message);
        return true;
    }

    private void Take(object message)
    {
        if (_pilot is not null and not NoAutoPilot)
            _pilot = _pilot.Run(Sender, message) is var next and not KeepRunning ? next : _pilot;
        if (_ignore?.Invoke(message) != true)
            queue.Add(new RealMessageEnvelope(message, Sender));
    }

    private void Handle(TestActorCommand command)
    {
        switch (command)
        {
            case TestActorCommand.Ignore ignore:
                _ignore = ignore.Predicate;
                break;
            case TestActorCommand.Pilot pilot:
                _pilot = pilot.AutoPilot;
                break;
            case TestActorCommand.WatchActor watch:
                Context.Watch(watch.Actor);
                watch.Done.TrySetResult();
                break;
            case TestActorCommand.UnwatchActor unwatch:
                Context.Unwatch(unwatch.Actor);
                unwatch.Done.TrySetResult();
                break;
            case TestActorCommand.Spawn spawn:
                Start(spawn);
                break;
        }
    }

    private void Start(TestActorCommand.Spawn spawn)
    {
        try
        {
            var child = Context.ActorOf(spawn.Props, spawn.Name);
            if (spawn.Strategy is not null)
                _strategy.Set(child, spawn.Strategy);
            spawn.Child.TrySetResult(child);
        }
        catch (Exception e)
        {
            spawn.Child.TrySetException(e); // a bad name or Props is the caller's fault, not the test actor's
        }
    }

    /// <summary>What the test did not look at goes where messages to stopped actors go.</summary>
    protected override void PostStop()
    {
        while (queue.TryTake(out var envelope))
            Context.System.DeadLetters.Tell(new Event.DeadLetter(envelope.Message!, envelope.Sender, Self), envelope.Sender);
    }
}
