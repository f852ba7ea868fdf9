using System.Runtime.Serialization;

#pragma warning disable SYSLIB0050, SYSLIB0051, CS0672 // the serialization constructors are part of Akka.NET's published surface

namespace Akka.Actor;

/// <summary>The constructor, PreStart or PostRestart of an actor threw; the cause is the inner exception.</summary>
public class ActorInitializationException : AkkaException
{
    public ActorInitializationException() { }

    public ActorInitializationException(string message)
        : base(message) { }

    public ActorInitializationException(string message, Exception cause)
        : base(message, cause) { }

    public ActorInitializationException(IActorRef actor, string message, Exception? cause = null)
        : base(message, cause) => Actor = actor;

    protected ActorInitializationException(SerializationInfo info, StreamingContext context)
        : base(info, context) { }

    public IActorRef Actor { get; set; } = null!;

    public override void GetObjectData(SerializationInfo info, StreamingContext context) => base.GetObjectData(info, context);

    public override string ToString() => Actor is null ? base.ToString() : $"{Actor}: {base.ToString()}";
}

/// <summary>What a <see cref="Kill"/> message makes an actor throw.</summary>
public class ActorKilledException : AkkaException
{
    public ActorKilledException() { }

    public ActorKilledException(string message)
        : base(message) { }

    protected ActorKilledException(SerializationInfo info, StreamingContext context)
        : base(info, context) { }
}

/// <summary>A selection did not resolve to a living actor in time.</summary>
public class ActorNotFoundException : AkkaException
{
    public ActorNotFoundException() { }

    public ActorNotFoundException(string message, Exception? innerException = null)
        : base(message, innerException) { }

    protected ActorNotFoundException(SerializationInfo info, StreamingContext context)
        : base(info, context) { }
}

/// <summary>No answer came within the time that an Ask allowed.</summary>
public class AskTimeoutException : AkkaException
{
    public AskTimeoutException(string message)
        : base(message) { }

    protected AskTimeoutException(SerializationInfo info, StreamingContext context)
        : base(info, context) { }
}

/// <summary>A watched actor died and the watcher did not handle its <see cref="Terminated"/>.</summary>
public class DeathPactException : AkkaException
{
    public DeathPactException(IActorRef deadActor)
        : base($"Monitored actor [{deadActor}] terminated") => DeadActor = deadActor;

    protected DeathPactException(SerializationInfo info, StreamingContext context)
        : base(info, context) { }

    public IActorRef DeadActor { get; } = null!;

    public override void GetObjectData(SerializationInfo info, StreamingContext context) => base.GetObjectData(info, context);
}

/// <summary>A use of an actor, or of its parts, that is never allowed.</summary>
public class IllegalActorStateException : AkkaException
{
    public IllegalActorStateException(string message)
        : base(message) { }

    protected IllegalActorStateException(SerializationInfo info, StreamingContext context)
        : base(info, context) { }
}

/// <summary>The name asked for is taken or malformed.</summary>
public class InvalidActorNameException : AkkaException
{
    public InvalidActorNameException(string message)
        : base(message) { }

    public InvalidActorNameException(string message, Exception innerException)
        : base(message, innerException) { }

    protected InvalidActorNameException(SerializationInfo info, StreamingContext context)
        : base(info, context) { }
}

/// <summary>A message that may not be sent: null.</summary>
public class InvalidMessageException : AkkaException
{
    public InvalidMessageException()
        : this("Message is null") { }

    public InvalidMessageException(string message)
        : base(message) { }

    protected InvalidMessageException(SerializationInfo info, StreamingContext context)
        : base(info, context) { }
}

/// <summary>The new instance of a restarted actor failed in its constructor or in PostRestart.</summary>
public class PostRestartException : ActorInitializationException
{
    public PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
        : base(
            actor,
            $"Exception post restart ({(originalCause is null ? "null" : originalCause.GetType().ToString())})",
            cause
        ) => OriginalCause = originalCause!;

    protected PostRestartException(SerializationInfo info, StreamingContext context)
        : base(info, context) { }

    public Exception OriginalCause { get; } = null!;

    public override void GetObjectData(SerializationInfo info, StreamingContext context) => base.GetObjectData(info, context);
}

/// <summary>PreRestart threw; it is logged, and the restart goes on.</summary>
public class PreRestartException : ActorInitializationException
{
    public PreRestartException(IActorRef actor, Exception restartException, Exception cause, object? optionalMessage)
        : base(
            actor,
            $"Exception in PreRestart(exception = {(cause is null ? "null" : cause.GetType().ToString())}, "
                + $"message = {(optionalMessage is null ? "null" : optionalMessage.GetType().ToString())})",
            cause
        )
    {
        RestartException = restartException;
        OptionalMessage = optionalMessage!;
    }

    protected PreRestartException(SerializationInfo info, StreamingContext context)
        : base(info, context) { }

    public Exception RestartException { get; } = null!;

    public object OptionalMessage { get; } = null!;

    public override void GetObjectData(SerializationInfo info, StreamingContext context) => base.GetObjectData(info, context);
}

/// <summary>The stash of an actor is at its capacity.</summary>
public class StashOverflowException : AkkaException
{
    public StashOverflowException(string message, Exception? cause = null)
        : base(message, cause) { }

    protected StashOverflowException(SerializationInfo info, StreamingContext context)
        : base(info, context) { }
}
