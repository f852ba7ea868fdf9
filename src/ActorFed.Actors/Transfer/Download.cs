using System.Security.Cryptography;
using ActorFed.Training.Encoding;
using Akka.Actor;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Transfer;

/// <summary>What a chunk meant to a download.</summary>
internal enum ChunkVerdict
{
    /// <summary>It was here already.</summary>
    Ignored,

    /// <summary>The one before it was lost: messages keep their order.</summary>
    Gap,

    /// <summary>The next bytes.</summary>
    Taken,

    /// <summary>Its bytes are not those that were sent, or it is of another blob that claims the same name.</summary>
    Damaged,
}

/// <summary>One blob on its way: what is here, what was asked for, who waits. Bytes are taken in order; a gap is asked for again.</summary>
internal sealed class Download : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private IBlobDraft _draft;

    /// <summary>Begins after what the draft has; that may be from an earlier fetcher.</summary>
    public Download(BlobId blob, ICanTell source, IBlobDraft draft, TimeSpan now)
    {
        (Blob, Source, _draft) = (blob, source, draft);
        (Began, LastHeard, LastProgress, AskedTo) = (now, now, now, _draft.Length);
        if (draft.Length > 0)
        {
            _hash.AppendData(draft.Read().Span);
        }
    }

    public BlobId Blob { get; }
    public TimeSpan Began { get; }

    /// <summary>Whom to pull from: whoever was named last, since a source that was started again has another reference.</summary>
    public ICanTell Source { get; set; }

    public HashSet<IActorRef> Waiting { get; } = [];

    /// <summary>Its place among those that wait for others; null once it runs.</summary>
    public LinkedListNode<Download>? Place { get; set; }

    public TransferStage Stage { get; set; } = TransferStage.Waiting;
    public long Have => _draft.Length;
    public long? Total { get; private set; }

    /// <summary>The end of what was asked for.</summary>
    public long AskedTo { get; private set; }

    /// <summary>Bytes that were asked for and are not here.</summary>
    public long Outstanding => AskedTo - Have;

    public bool IsWhole => Have == Total;

    /// <summary>The place that was asked for again because what came lay behind it.</summary>
    public long GapAt { get; set; } = -1;

    /// <summary>Times that what came was wrong.</summary>
    public int Faults { get; set; }

    /// <summary>Times in a row that nothing came.</summary>
    public int Stalls { get; set; }

    /// <summary>When bytes came last, or it began to be asked for.</summary>
    public TimeSpan LastHeard { get; set; }

    /// <summary>When bytes came last; only that keeps a download from being given up.</summary>
    public TimeSpan LastProgress { get; set; }

    /// <summary>While stalled: when it is tried again.</summary>
    public TimeSpan Due { get; set; }

    /// <summary>Bytes that can still be asked for.</summary>
    public long Askable => (Total ?? long.MaxValue) - AskedTo;

    /// <summary>So many bytes more are asked for; gives the place of the first.</summary>
    public long Ask(long bytes)
    {
        var from = AskedTo;
        AskedTo += bytes;
        return from;
    }

    /// <summary>What was asked for and is not here is not waited for any longer; gives how much that was.</summary>
    public long TakeBack()
    {
        var back = Outstanding;
        AskedTo = Have;
        return back;
    }

    /// <summary>Judges a chunk and keeps its bytes if they are the next ones.</summary>
    public ChunkVerdict Take(Chunk chunk)
    {
        if (chunk.From != Have || IsWhole)
        {
            return chunk.From > Have ? ChunkVerdict.Gap : ChunkVerdict.Ignored;
        }

        if (!chunk.IsWhole || chunk.Total != (Total ?? chunk.Total) || (chunk.Bytes.Length == 0 && chunk.Total > Have))
        {
            return ChunkVerdict.Damaged;
        }

        Total = chunk.Total;
        _draft.Append(chunk.Bytes.Span, chunk.Total);
        _hash.AppendData(chunk.Bytes.Span);
        AskedTo = Math.Clamp(AskedTo, Have, chunk.Total); // one that was given up may come all the same; beyond the end is nothing
        return ChunkVerdict.Taken;
    }

    /// <summary>The bytes, if they have the hash that names them; then the draft is gone.</summary>
    public ReadOnlyMemory<byte>? Finish()
    {
        var found = new BlobId(Convert.ToHexStringLower(_hash.GetHashAndReset()));
        if (found != Blob)
        {
            return null;
        }

        var bytes = _draft.Read();
        _draft.Discard();
        return bytes;
    }

    /// <summary>Begins again from nothing.</summary>
    public void Restart(IBlobDrafts drafts)
    {
        _draft.Discard();
        _draft = drafts.Open(Blob);
        _ = _hash.GetHashAndReset();
        (Total, AskedTo, GapAt) = (null, _draft.Length, -1);
    }

    public void Leave() => _draft.Leave();

    public void Discard() => _draft.Discard();

    public TransferProgress Describe(TimeSpan at) => new(Blob, Have, Total, at - Began, Stage);

    public void Dispose() => _hash.Dispose();
}
