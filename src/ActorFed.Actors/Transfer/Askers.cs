using Akka.Actor;

namespace ActorFed.Actors.Transfer;

/// <summary>Who waits for how many downloads; watched as long as it is one.</summary>
/// <param name="context">Of the fetcher.</param>
internal sealed class Askers(IActorContext context)
{
    private readonly Dictionary<IActorRef, int> _counts = [];

    /// <summary>It waits for this one too.</summary>
    public void Join(Download download, IActorRef asker)
    {
        if (!download.Waiting.Add(asker))
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
    public bool Leave(Download download, IActorRef asker)
    {
        var left = download.Waiting.Remove(asker);
        if (left)
        {
            Release(asker);
        }

        return left;
    }

    /// <summary>A download has ended: who waits for it is answered.</summary>
    public void End(Download download)
    {
        foreach (var asker in download.Waiting)
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
