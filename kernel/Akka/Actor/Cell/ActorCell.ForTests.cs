namespace Akka.Actor;

public partial class ActorCell
{
    /// <summary>Handles a message on the calling thread, past the mailbox; what it throws reaches the caller. For TestActorRef.</summary>
    internal void ReceiveOnCaller(object message, IActorRef? sender)
    {
        var previous = Enter(this);
        var interrupted = (_message, _sender);
        (_message, _sender) = (message, sender);
        try
        {
            if (message is IAutoReceivedMessage)
                AutoReceive(message);
            else
                ReceiveMessage(message);
        }
        finally
        {
            (_message, _sender) = interrupted;
            Restore(previous);
        }
    }

    /// <summary>How many watch this actor, its parent left out.</summary>
    internal int WatchersForTests => _watchedBy?.Count ?? 0;
}
