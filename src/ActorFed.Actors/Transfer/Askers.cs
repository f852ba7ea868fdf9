using Akka.Actor;

namespace ActorFed.Actors.Transfer;

/// <summary>Who waits for how many blobs; watched as long as it is one.</summary>
/// <param name="context">Of the fetcher.</param>
internal sealed class Askers(IActorContext context)
{
    private readonly Dictionary<IActorRef, int> _counts = [];

    /// <summary>It waits for this one too.</summary>
    /// <param name="waiting">Who waits for it.</param>
    /// <param name="asker">Who comes to them.</param>
    public void Join(HashSet<IActorRef> waiting, IActorRef asker)
    {
        if (!waiting.Add(asker))
        {
            return;
        }

        var count = _counts.GetValueOrDefault(asker);
        _counts[asker] = count + 1;
        if (count == 0)
        {
            context.Watch(asker);
        }
    }

    /// <summary>It does not wait for this one any more; false if it never did.</summary>
    public bool Leave(HashSet<IActorRef> waiting, IActorRef asker)
    {
        var left = waiting.Remove(asker);
        if (left)
        {
            Release(asker);
        }

        return left;
    }

    /// <summary>One has ended: who waits for it is answered.</summary>
    public void End(HashSet<IActorRef> waiting)
    {
        foreach (var asker in waiting)
        {
            Release(asker);
        }
    }

    private void Release(IActorRef asker)
    {
        if (--_counts[asker] == 0)
        {
            _counts.Remove(asker);
            context.Unwatch(asker);
        }
    }
}
