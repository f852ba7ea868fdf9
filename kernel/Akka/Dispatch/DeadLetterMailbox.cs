using Akka.Actor;
using Akka.Dispatch.MessageQueues;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>The mailbox of every actor that has stopped: what comes here is published as a dead letter.</summary>
public sealed class DeadLetterMailbox : Mailbox
{
    private readonly IInternalActorRef _deadLetters;

    internal DeadLetterMailbox(IInternalActorRef deadLetters)
        : base(new DeadLetterQueue(deadLetters))
    {
        _deadLetters = deadLetters;
        BecomeClosed();
    }

    /// <summary>A watch is answered, everything else is a dead letter.</summary>
    internal void Accept(IActorRef receiver, SystemMessage message) =>
        _deadLetters.SendSystemMessage(message is Watch or Unwatch ? message : new DeadSystemMessage(message, receiver));

    public override void CleanUp() { }

    private sealed class DeadLetterQueue(IActorRef deadLetters) : IMessageQueue
    {
        public bool HasMessages => false;

        public int Count => 0;

        public void Enqueue(IActorRef receiver, Envelope envelope)
        {
            if (envelope.Message is DeadLetter)
                return;
            deadLetters.Tell(new DeadLetter(envelope.Message, envelope.Sender ?? deadLetters, receiver), envelope.Sender!);
        }

        public bool TryDequeue(out Envelope envelope)
        {
            envelope = default;
            return false;
        }

        public void CleanUp(IActorRef owner, IMessageQueue deadletters) { }
    }
}

/// <summary>A system message whose receiver is gone; only debugging looks at it.</summary>
internal sealed class DeadSystemMessage(SystemMessage message, IActorRef receiver) : SystemMessage
{
    public SystemMessage Message { get; } = message;

    public IActorRef Receiver { get; } = receiver;
}
