using ActorFed.Actors.Store;
using ActorFed.Training.Encoding;

namespace ActorFed.Actors.Transfer;

/// <summary>Drafts in memory, bounded: the oldest that nobody works on go first.</summary>
/// <param name="bound">Most bytes of all drafts together; those still to come are counted.</param>
public sealed class MemoryBlobDrafts(long bound) : IBlobDrafts
{
    private readonly Dictionary<BlobId, Draft> _drafts = [];
    private readonly LinkedList<Draft> _left = new(); // oldest first
    private long _held;

    /// <summary>Bytes held, those that are reserved for the rest of a blob included.</summary>
    public long Held => _held;

    /// <inheritdoc />
    public IBlobDraft Open(BlobId blob)
    {
        if (!_drafts.TryGetValue(blob, out var draft))
        {
            _drafts[blob] = draft = new Draft(this, blob);
        }

        _left.Remove(draft);
        return draft;
    }

    private byte[] Reserve(long total)
    {
        while (_held + total > bound && _left.First is { Value: var oldest })
        {
            oldest.Discard();
        }

        if (_held + total > bound)
        {
            throw new BlobStoreFullException(_held, total, bound);
        }

        _held += total;
        return GC.AllocateUninitializedArray<byte>(checked((int)total));
    }

    private sealed class Draft(MemoryBlobDrafts home, BlobId blob) : IBlobDraft
    {
        private byte[]? _bytes;
        private int _length;

        public long Length => _length;

        public ReadOnlyMemory<byte> Read() => _bytes.AsMemory(0, _length);

        public void Append(ReadOnlySpan<byte> bytes, long total)
        {
            _bytes ??= home.Reserve(total);
            bytes.CopyTo(_bytes.AsSpan(_length));
            _length += bytes.Length;
        }

        public void Discard()
        {
            if (home._drafts.Remove(blob))
            {
                home._left.Remove(this);
                home._held -= _bytes?.Length ?? 0;
            }
        }

        public void Leave()
        {
            if (_length == 0)
            {
                Discard();
                return;
            }

            home._left.AddLast(this);
        }
    }
}
