using System.Runtime.InteropServices;
using ActorFed.Actors.Store;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Akka.Actor;
using static ActorFed.Actors.Rounds.RoundProtocol;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Rounds;

/// <summary>Updates that were announced and whose bytes are on their way from a node. An update arrives when its bytes do.</summary>
/// <param name="fetcher">Gets them; null where every update is in the store at once.</param>
/// <param name="blobs">The store.</param>
internal sealed class PendingUpdates(IActorRef? fetcher, IBlobStore blobs)
{
    private readonly Dictionary<ClientId, (SubmitUpdate Update, IActorRef Speaker)> _waiting = [];
    private readonly Dictionary<BlobId, SortedSet<ClientId>> _clients = [];

    /// <summary>Whether this update's bytes have to be fetched first; then they are. A repeat is fetched once.</summary>
    public bool Fetch(SubmitUpdate m, IActorRef speaker, IActorRef node)
    {
        if (fetcher is null || blobs.Contains(m.Update))
        {
            return false;
        }

        if (_waiting.TryGetValue(m.Client, out var before) && before.Update.Update != m.Update)
        {
            Forget(m.Client);
        }

        _waiting[m.Client] = (m, speaker);
        (CollectionsMarshal.GetValueRefOrAddDefault(_clients, m.Update, out _) ??= []).Add(m.Client);
        fetcher.Tell(new Fetch(m.Update, node));
        return true;
    }

    /// <summary>Whose updates these bytes are: two clients may have trained to the same bits.</summary>
    public List<(SubmitUpdate Update, IActorRef Speaker)> Take(BlobId blob)
    {
        if (!_clients.Remove(blob, out var clients))
        {
            return [];
        }

        var taken = clients.Select(c => _waiting[c]).ToList();
        taken.ForEach(w => _waiting.Remove(w.Update.Client));
        return taken;
    }

    /// <summary>These will not come, or are not wanted any more.</summary>
    public void Forget(IEnumerable<ClientId> clients)
    {
        foreach (var client in clients)
        {
            Forget(client);
        }
    }

    /// <summary>None is wanted any more.</summary>
    public void ForgetAll() => Forget([.. _waiting.Keys]);

    private void Forget(ClientId client)
    {
        if (!_waiting.Remove(client, out var gone))
        {
            return;
        }

        var (blob, others) = (gone.Update.Update, _clients[gone.Update.Update]);
        others.Remove(client);
        if (others.Count == 0)
        {
            _clients.Remove(blob);
            fetcher!.Tell(new StopFetch(blob));
        }
    }
}
