using System.Runtime.InteropServices;
using ActorFed.Actors.Wire;
using ActorFed.Training.Encoding;
using Akka.Actor;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Transfer;

/// <summary>Fetches blobs in fewer bytes where their source has a packed form: that is a blob like any other, and what comes of it must have the hash that was asked for.</summary>
/// <remarks>
/// Asking ──a form──▶ Packed ──here, and right──▶ done; Asking ──as it is | silence──▶ Plain ──here──▶ done;
/// Packed ──absent | corrupt | another hash──▶ Plain. What fails plain has failed.
/// </remarks>
public sealed class PackedFetcher : ReceiveActor, IWithTimers
{
    private readonly TransferOptions _options;
    private readonly RecentBlobs _recent;
    private readonly IActorRef _fetcher;
    private readonly Dictionary<BlobId, Wish> _wishes = [];
    private readonly Dictionary<BlobId, List<Wish>> _coming = []; // by what is fetched: two blobs may have one form, the same change of two bases
    private readonly Askers _askers = new(Context);

    private PackedFetcher(TransferOptions options, IBlobDrafts drafts)
    {
        (_options, _recent) = (options, new(options.Keep));
        _fetcher = Context.ActorOf(BlobFetcher.Props(options with { Keep = 0 }, drafts), "parts");
        Receive<Fetch>(Begin);
        Receive<PackedForm>(Choose);
        Receive<Silence>(m => OnSilence(m.Blob));
        Receive<Fetched>(Arrived);
        Receive<FetchFailed>(Failed);
        Receive<StopFetch>(m => Leave(m.Blob, Sender));
        Receive<Terminated>(m => LeaveAll(m.ActorRef));
        Receive<DescribeTransfers>(m => _fetcher.Forward(m));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one.</summary>
    /// <param name="options">Its bounds.</param>
    /// <param name="drafts">Where blobs are that are not whole yet; one fetcher at a time.</param>
    public static Props Props(TransferOptions options, IBlobDrafts drafts)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowUnlessSound();
        return Akka.Actor.Props.Create(() => new PackedFetcher(options, drafts));
    }

    private void Begin(Fetch m)
    {
        if (_recent.Find(m.Blob) is { } bytes)
        {
            Sender.Tell(new Fetched(m.Blob, bytes));
            return;
        }

        var isNew = !_wishes.TryGetValue(m.Blob, out var wish);
        if (isNew)
        {
            _wishes.Add(m.Blob, wish = new(m.Blob, m.Source));
        }

        _askers.Join(wish!.Waiting, Sender);
        if (isNew || !m.Source.Equals(wish.Source))
        {
            wish.Source = m.Source;
            Ask(wish);
        }
    }

    private void Ask(Wish wish)
    {
        if (wish.Coming is { } coming)
        {
            _fetcher.Tell(new Fetch(coming, wish.Source));
            return;
        }

        wish.Source.Tell(new AskPacked(wish.Blob, [.. _recent.Latest.Take(AskPacked.MostBases)]), Self);
        Timers.StartSingleTimer(wish.Blob, new Silence(wish.Blob), _options.RetryAfter);
    }

    private void Choose(PackedForm m)
    {
        if (!_wishes.TryGetValue(m.Blob, out var wish) || wish.Coming is not null)
        {
            return;
        }

        if (m.Form is not { } form || (m.Base is { } wanted && !Holds(wish, wanted)))
        {
            Get(wish, wish.Blob);
            return;
        }

        Get(wish, form);
    }

    private bool Holds(Wish wish, BlobId basis)
    {
        wish.Basis = _recent.Find(basis) ?? default;
        return !wish.Basis.IsEmpty;
    }

    private void OnSilence(BlobId blob)
    {
        if (_wishes.TryGetValue(blob, out var wish) && wish.Coming is null)
        {
            Get(wish, blob); // it asks again and again, and knows when to give up
        }
    }

    private void Get(Wish wish, BlobId coming)
    {
        Timers.Cancel(wish.Blob);
        Forget(wish);
        wish.Coming = coming;
        (CollectionsMarshal.GetValueRefOrAddDefault(_coming, coming, out _) ??= []).Add(wish);
        Ask(wish);
    }

    private void Arrived(Fetched m)
    {
        foreach (var wish in Coming(m.Blob))
        {
            if (wish.Blob == m.Blob)
            {
                Complete(wish, m.Bytes);
            }
            else if (Unpacked(wish, m.Bytes) is { } bytes)
            {
                Complete(wish, bytes);
            }
            else
            {
                Get(wish, wish.Blob);
            }
        }
    }

    private byte[]? Unpacked(Wish wish, ReadOnlyMemory<byte> form)
    {
        try
        {
            var bytes = PackedBlob.Unpack(form, wish.Basis.Span, _options.Largest);
            return BlobId.Of(bytes) == wish.Blob ? bytes : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private void Complete(Wish wish, ReadOnlyMemory<byte> bytes)
    {
        _recent.Add(wish.Blob, bytes);
        End(wish, new Fetched(wish.Blob, bytes));
    }

    private void Failed(FetchFailed m)
    {
        foreach (var wish in Coming(m.Blob))
        {
            // A source that forgot its form, or had a bad one, may have the blob all the same. Of one that is gone, or a full disk, it is no use.
            if (wish.Blob != m.Blob && m.Why is FetchFault.Absent or FetchFault.Corrupt or FetchFault.TooLarge)
            {
                Get(wish, wish.Blob);
            }
            else
            {
                End(wish, m with { Blob = wish.Blob });
            }
        }
    }

    // A copy: each of them may go on to something else.
    private List<Wish> Coming(BlobId blob) => [.. _coming.GetValueOrDefault(blob, [])];

    private void Forget(Wish wish)
    {
        if (wish.Coming is { } was && _coming[was] is var wishes && wishes.Remove(wish) && wishes.Count == 0)
        {
            _coming.Remove(was);
        }
    }

    private void End(Wish wish, object answer)
    {
        Remove(wish);
        _askers.End(wish.Waiting);
        foreach (var asker in wish.Waiting)
        {
            asker.Tell(answer);
        }
    }

    private void Remove(Wish wish)
    {
        Timers.Cancel(wish.Blob);
        _wishes.Remove(wish.Blob);
        Forget(wish);
    }

    private void LeaveAll(IActorRef asker)
    {
        foreach (var wish in _wishes.Values.Where(w => w.Waiting.Contains(asker)).ToList())
        {
            Leave(wish.Blob, asker);
        }
    }

    private void Leave(BlobId blob, IActorRef asker)
    {
        if (!_wishes.TryGetValue(blob, out var wish) || !_askers.Leave(wish.Waiting, asker) || wish.Waiting.Count > 0)
        {
            return;
        }

        Remove(wish);
        if (wish.Coming is { } coming && !_coming.ContainsKey(coming))
        {
            _fetcher.Tell(new StopFetch(coming));
        }
    }

    /// <summary>One blob that somebody wants.</summary>
    private sealed class Wish(BlobId blob, ICanTell source)
    {
        public BlobId Blob => blob;

        public ICanTell Source { get; set; } = source;

        public HashSet<IActorRef> Waiting { get; } = [];

        /// <summary>What is fetched for it: itself or its form; null while the source is asked for one.</summary>
        public BlobId? Coming { get; set; }

        /// <summary>What the form is a change of.</summary>
        public ReadOnlyMemory<byte> Basis { get; set; }
    }

    private sealed record Silence(BlobId Blob) : ILocalMessage;
}
