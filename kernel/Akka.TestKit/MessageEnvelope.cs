using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A message with its sender, as it waits in the queue of a test actor.</summary>
public abstract class MessageEnvelope
{
    public abstract object? Message { get; }

    public abstract IActorRef Sender { get; }
}

/// <summary>No message has come yet.</summary>
public sealed class NullMessageEnvelope : MessageEnvelope
{
    public static readonly NullMessageEnvelope Instance = new();

    private NullMessageEnvelope() { }

    public override object? Message => null;

    public override IActorRef Sender => ActorRefs.NoSender;

    public override string ToString() => "<no message>";
}

internal sealed class RealMessageEnvelope(object message, IActorRef sender) : MessageEnvelope
{
    public override object Message => message;

    public override IActorRef Sender => sender;

    public override string ToString() => $"<{message}> from {sender}";
}
