using Akka.Actor.Internal;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>What a supervisor does about the failure of a child.</summary>
public enum Directive
{
    /// <summary>The child goes on as if nothing had happened, the message lost.</summary>
    Resume,

    /// <summary>A new instance takes its place.</summary>
    Restart,

    /// <summary>The supervisor fails in its turn.</summary>
    Escalate,

    /// <summary>The child is stopped.</summary>
    Stop,
}

/// <summary>How a supervisor deals with the failures of its children.</summary>
public abstract class SupervisorStrategy : ISurrogated
{
    /// <summary>Failed or killed while being made: stop. Everything else: restart.</summary>
    public static readonly IDecider DefaultDecider = Akka.Actor.Decider.From(
        Directive.Restart,
        new KeyValuePair<Type, Directive>(typeof(ActorInitializationException), Directive.Stop),
        new KeyValuePair<Type, Directive>(typeof(ActorKilledException), Directive.Stop),
        new KeyValuePair<Type, Directive>(typeof(DeathPactException), Directive.Stop)
    );

    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    public static readonly OneForOneStrategy StoppingStrategy = new(new LocalOnlyDecider(static _ => Directive.Stop));

    protected SupervisorStrategy() { }

    public abstract IDecider Decider { get; }

    protected bool LoggingEnabled { get; set; } = true;

    protected abstract Directive Handle(IActorRef child, Exception exception);

    /// <summary>Carries out restart (or stop) for the child, or for all of them.</summary>
    public abstract void ProcessFailure(
        IActorContext context,
        bool restart,
        IActorRef child,
        Exception cause,
        ChildRestartStats stats,
        IReadOnlyCollection<ChildRestartStats> children
    );

    /// <summary>A child has stopped, for whatever reason.</summary>
    public abstract void HandleChildTerminated(
        IActorContext actorContext,
        IActorRef child,
        IEnumerable<IInternalActorRef> children
    );

    /// <summary>Judges a failure and acts; false if it is to be escalated.</summary>
    public bool HandleFailure(
        ActorCell actorCell,
        IActorRef child,
        Exception cause,
        ChildRestartStats stats,
        IReadOnlyCollection<ChildRestartStats> children
    )
    {
        var directive = Handle(child, cause);
        LogFailure(actorCell, child, cause, directive);
        switch (directive)
        {
            case Directive.Resume:
                ResumeChild(child, cause);
                return true;
            case Directive.Restart:
                ProcessFailure(actorCell, true, child, cause, stats, children);
                return true;
            case Directive.Stop:
                ProcessFailure(actorCell, false, child, cause, stats, children);
                return true;
            default:
                return false;
        }
    }

    protected void ResumeChild(IActorRef child, Exception exception) => ((IInternalActorRef)child).Resume(exception);

    protected void RestartChild(IActorRef child, Exception cause, bool suspendFirst)
    {
        var internalChild = (IInternalActorRef)child;
        if (suspendFirst)
            internalChild.Suspend();
        internalChild.Restart(cause);
    }

    protected virtual void LogFailure(IActorContext context, IActorRef child, Exception cause, Directive directive)
    {
        if (!LoggingEnabled)
            return;
        var told = cause is ActorInitializationException { InnerException: { } inner } ? inner.Message : cause.Message;
        var (source, stream) = (child.Path.ToString(), context.System.EventStream);
        switch (directive)
        {
            case Directive.Resume:
                stream.Publish(new Warning(source, GetType(), told));
                break;
            case Directive.Escalate:
                break; // logged where it is handled
            default:
                stream.Publish(new Error(cause, source, GetType(), told));
                break;
        }
    }

    public abstract ISurrogate ToSurrogate(ActorSystem system);

    private protected static int Limit(int? retries) => retries ?? -1;

    /// <summary>Milliseconds of a window; none, and the infinite one, is -1.</summary>
    private protected static int Window(TimeSpan? window) =>
        window is { } w && w != Timeout.InfiniteTimeSpan ? (int)w.TotalMilliseconds : -1;
}

/// <summary>Sees only the child that failed.</summary>
public class OneForOneStrategy : SupervisorStrategy, IEquatable<OneForOneStrategy>
{
    private readonly int _retries;
    private readonly int _window;

    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(Limit(maxNrOfRetries), Window(withinTimeRange), localOnlyDecider) { }

    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(Limit(maxNrOfRetries), Window(withinTimeRange), decider) { }

    public OneForOneStrategy(
        int maxNrOfRetries,
        int withinTimeMilliseconds,
        Func<Exception, Directive> localOnlyDecider,
        bool loggingEnabled = true
    )
        : this(maxNrOfRetries, withinTimeMilliseconds, new LocalOnlyDecider(localOnlyDecider), loggingEnabled) { }

    public OneForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        (_retries, _window, Decider, LoggingEnabled) = (maxNrOfRetries, withinTimeMilliseconds, decider, loggingEnabled);
    }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(-1, -1, localOnlyDecider) { }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(-1, -1, localOnlyDecider, loggingEnabled) { }

    public OneForOneStrategy(IDecider decider)
        : this(-1, -1, decider) { }

    protected OneForOneStrategy()
        : this(DefaultDecider) { }

    public override IDecider Decider { get; }

    /// <summary>Most restarts of one child within the window; -1 is no limit.</summary>
    public int MaxNumberOfRetries => _retries;

    /// <summary>Length of the window; -1 is for ever.</summary>
    public int WithinTimeRangeMilliseconds => _window;

    public OneForOneStrategy WithMaxNrOfRetries(int maxNrOfRetries) => new(maxNrOfRetries, _window, Decider, LoggingEnabled);

    protected override Directive Handle(IActorRef child, Exception exception) => Decider.Decide(exception);

    public override void ProcessFailure(
        IActorContext context,
        bool restart,
        IActorRef child,
        Exception cause,
        ChildRestartStats stats,
        IReadOnlyCollection<ChildRestartStats> children
    )
    {
        if (restart && stats.RequestRestartPermission(_retries, _window))
            RestartChild(child, cause, suspendFirst: false);
        else
            context.Stop(child);
    }

    public override void HandleChildTerminated(
        IActorContext actorContext,
        IActorRef child,
        IEnumerable<IInternalActorRef> children
    ) { }

    public bool Equals(OneForOneStrategy? other) =>
        other is not null && _retries == other._retries && _window == other._window && Decider.Equals(other.Decider);

    public override bool Equals(object? obj) => Equals(obj as OneForOneStrategy);

    public override int GetHashCode() => HashCode.Combine(_retries, _window, Decider);

    public override ISurrogate ToSurrogate(ActorSystem system) =>
        new OneForOneStrategySurrogate(_retries, _window, StrategySurrogates.Deployable(Decider), LoggingEnabled);

    internal sealed record OneForOneStrategySurrogate(int Retries, int Window, IDecider Decider, bool Logging) : ISurrogate
    {
        public ISurrogated FromSurrogate(ActorSystem system) => new OneForOneStrategy(Retries, Window, Decider, Logging);
    }
}

/// <summary>Does to every child what the failed one needs.</summary>
public class AllForOneStrategy : SupervisorStrategy, IEquatable<AllForOneStrategy>
{
    private readonly int _retries;
    private readonly int _window;

    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(Limit(maxNrOfRetries), Window(withinTimeRange), localOnlyDecider) { }

    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(Limit(maxNrOfRetries), Window(withinTimeRange), decider) { }

    public AllForOneStrategy(
        int maxNrOfRetries,
        int withinTimeMilliseconds,
        Func<Exception, Directive> localOnlyDecider,
        bool loggingEnabled = true
    )
        : this(maxNrOfRetries, withinTimeMilliseconds, new LocalOnlyDecider(localOnlyDecider), loggingEnabled) { }

    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        (_retries, _window, Decider, LoggingEnabled) = (maxNrOfRetries, withinTimeMilliseconds, decider, loggingEnabled);
    }

    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(-1, -1, localOnlyDecider) { }

    public AllForOneStrategy(IDecider decider)
        : this(-1, -1, decider) { }

    protected AllForOneStrategy()
        : this(DefaultDecider) { }

    public override IDecider Decider { get; }

    public int MaxNumberOfRetries => _retries;

    public int WithinTimeRangeMilliseconds => _window;

    protected override Directive Handle(IActorRef child, Exception exception) => Decider.Decide(exception);

    public override void ProcessFailure(
        IActorContext context,
        bool restart,
        IActorRef child,
        Exception cause,
        ChildRestartStats stats,
        IReadOnlyCollection<ChildRestartStats> children
    )
    {
        // Every child is asked, so that each one's count goes up.
        var allowed = restart;
        foreach (var each in restart ? children : [])
            allowed &= each.RequestRestartPermission(_retries, _window);
        foreach (var each in children)
        {
            if (allowed)
                RestartChild(each.Child, cause, suspendFirst: !child.Equals(each.Child));
            else
                context.Stop(each.Child);
        }
    }

    public override void HandleChildTerminated(
        IActorContext actorContext,
        IActorRef child,
        IEnumerable<IInternalActorRef> children
    ) { }

    public bool Equals(AllForOneStrategy? other) =>
        other is not null && _retries == other._retries && _window == other._window && Decider.Equals(other.Decider);

    public override bool Equals(object? obj) => Equals(obj as AllForOneStrategy);

    public override int GetHashCode() => HashCode.Combine(_retries, _window, Decider);

    public override ISurrogate ToSurrogate(ActorSystem system) =>
        new AllForOneStrategySurrogate(_retries, _window, StrategySurrogates.Deployable(Decider), LoggingEnabled);

    internal sealed record AllForOneStrategySurrogate(int Retries, int Window, IDecider Decider, bool Logging) : ISurrogate
    {
        public ISurrogated FromSurrogate(ActorSystem system) => new AllForOneStrategy(Retries, Window, Decider, Logging);
    }
}

internal static class StrategySurrogates
{
    public static IDecider Deployable(IDecider decider) =>
        decider is LocalOnlyDecider
            ? throw new NotSupportedException("Can not serialize LocalOnlyDecider: use Decider.From with exception types.")
            : decider;
}

/// <summary>Makes the strategy of /user; named by akka.actor.guardian-supervisor-strategy.</summary>
public abstract class SupervisorStrategyConfigurator
{
    public abstract SupervisorStrategy Create();
}

internal sealed class DefaultSupervisorStrategy : SupervisorStrategyConfigurator
{
    public override SupervisorStrategy Create() => SupervisorStrategy.DefaultStrategy;
}

internal sealed class StoppingSupervisorStrategy : SupervisorStrategyConfigurator
{
    public override SupervisorStrategy Create() => SupervisorStrategy.StoppingStrategy;
}

internal static class GuardianStrategies
{
    /// <summary>A guardian that fails ends the system.</summary>
    public static readonly SupervisorStrategy Stopping = new OneForOneStrategy(static _ => Directive.Stop);

    public static readonly SupervisorStrategy System = new OneForOneStrategy(static e =>
        e is ActorInitializationException or ActorKilledException or DeathPactException ? Directive.Stop : Directive.Restart
    );
}
