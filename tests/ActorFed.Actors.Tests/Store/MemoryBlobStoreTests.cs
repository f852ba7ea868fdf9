using ActorFed.Actors.Store;
using ActorFed.Training.Encoding;

namespace ActorFed.Actors.Tests.Store;

public sealed class MemoryBlobStoreTests
{
    private readonly MemoryBlobStore _store = new(bound: 10);

    [Fact]
    public void Bytes_are_found_by_their_hash_until_the_last_reference_is_dropped()
    {
        var id = _store.Put(new byte[] { 1, 2, 3 });
        Assert.Equal(id, _store.Put(new byte[] { 1, 2, 3 }));
        Assert.Equal(BlobId.Of([1, 2, 3]), id);
        Assert.Equal(3, _store.Held);

        _store.Drop(id);
        Assert.Equal([1, 2, 3], _store.Get(id).ToArray());
        _store.Drop(id);
        Assert.False(_store.Contains(id));
        Assert.Equal(0, _store.Held);
        _store.Drop(id);
        Assert.Equal(0, _store.Held);
        Assert.Equal(id, Assert.Throws<BlobMissingException>(() => _store.Get(id)).Id);
    }

    [Fact]
    public void The_bound_holds_and_the_error_says_by_how_much()
    {
        var id = _store.Put(new byte[8]);
        var full = Assert.Throws<BlobStoreFullException>(() => _store.Put(new byte[] { 1, 2, 3 }));
        Assert.Equal((8L, 3L, 10L), (full.Held, full.Wanted, full.Bound));
        Assert.Equal(id, _store.Put(new byte[8])); // what is here already takes no more room
        Assert.Equal(8, _store.Held);
    }

    [Fact]
    public void A_set_is_kept_under_the_hash_of_its_encoding_and_not_copied()
    {
        var store = new MemoryBlobStore(bound: 1000);
        var set = TensorSet.Of([new("a", TensorValue.Of([1f], 1))]);

        var id = store.Put(set);

        Assert.Equal(BlobId.Of(Safetensors.Encode(set)), id);
        Assert.True(store.Get(id).Equals(set.Encoded));
        Assert.Equal(id, store.Put(set.Encoded));
        store.Drop(id);
        Assert.True(store.Contains(id));
    }

    [Fact]
    public void Nothing_is_copied()
    {
        var bytes = new byte[] { 1, 2, 3 };
        var id = _store.Put(bytes);
        Assert.True(_store.Get(id).Equals(new ReadOnlyMemory<byte>(bytes)));
    }
}
