using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>The queue of user messages in a mailbox: any thread adds, one thread at a time takes.</summary>
public interface IMessageQueue
{
    bool HasMessages { get; }

    int Count { get; }

    void Enqueue(IActorRef receiver, Envelope envelope);

    bool TryDequeue(out Envelope envelope);

    /// <summary>Moves what is left to the dead letters.</summary>
    void CleanUp(IActorRef owner, IMessageQueue deadletters);
}
