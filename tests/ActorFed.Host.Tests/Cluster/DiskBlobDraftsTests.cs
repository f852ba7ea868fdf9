using ActorFed.Host.Cluster;
using ActorFed.Host.Runs;
using ActorFed.Training.Encoding;

namespace ActorFed.Host.Tests.Cluster;

public sealed class DiskBlobDraftsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorfed-drafts-");
    private readonly BlobId _blob = BlobId.Of([1]);

    public void Dispose() => _folder.Delete(recursive: true);

    private DiskBlobDrafts Drafts => new(Path.Combine(_folder.FullName, "downloads"), from: 5);

    [Fact]
    public void What_was_kept_is_there_for_the_next_process()
    {
        var draft = Drafts.Open(_blob);
        draft.Append([1, 2, 3], 5);
        draft.Leave();
        var again = Drafts.Open(_blob);
        Assert.Equal(3, again.Length);
        again.Append([4, 5], 5);
        Assert.Equal([1, 2, 3, 4, 5], again.Read().ToArray());
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_named_and_nothing_is_taken_for_kept()
    {
        var draft = Drafts.Open(_blob);
        var path = Path.Combine(_folder.FullName, "downloads", $"{_blob.Hex}.part");
        Directory.CreateDirectory(path); // fault: something else under the name
        var error = Assert.Throws<DiskException>(() => draft.Append([1, 2, 3], 5));
        Assert.StartsWith($"{path}: cannot be written", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, draft.Length);
    }

    [Fact]
    public void What_is_discarded_leaves_no_file()
    {
        var draft = Drafts.Open(_blob);
        draft.Append([1, 2, 3], 5);
        draft.Discard();
        Assert.Equal(0, draft.Length);
        Assert.Empty(_folder.EnumerateFiles("*", SearchOption.AllDirectories));
        Assert.Equal(0, Drafts.Open(_blob).Length);
    }

    [Fact]
    public void What_is_small_makes_no_file_and_is_gone_with_its_process()
    {
        var drafts = Drafts;
        var draft = drafts.Open(_blob);
        draft.Append([1, 2], 4);
        draft.Leave();
        Assert.Empty(_folder.EnumerateFiles("*", SearchOption.AllDirectories));
        var again = drafts.Open(_blob);
        again.Append([3, 4], 4);
        Assert.Equal([1, 2, 3, 4], again.Read().ToArray());
        Assert.Equal(0, Drafts.Open(_blob).Length);
    }

    [Fact]
    public void What_memory_has_no_room_for_goes_to_files()
    {
        var drafts = Drafts;
        var open = Enumerable.Range(0, 11).Select(i => (Draft: drafts.Open(BlobId.Of([(byte)i])), Byte: (byte)i)).ToList();
        open.ForEach(o => o.Draft.Append([o.Byte], 4)); // 40 bytes hold ten of them
        Assert.Single(_folder.EnumerateFiles("*", SearchOption.AllDirectories));
        open.ForEach(o => o.Draft.Append([1, 2, 3], 4));
        Assert.All(open, o => Assert.Equal([o.Byte, 1, 2, 3], o.Draft.Read().ToArray()));
    }

    [Fact]
    public void A_write_that_failed_can_be_tried_again()
    {
        var draft = Drafts.Open(_blob);
        var path = Path.Combine(_folder.FullName, "downloads", $"{_blob.Hex}.part");
        Directory.CreateDirectory(path); // fault: something else under the name
        Assert.Throws<DiskException>(() => draft.Append([1, 2, 3], 5));
        Directory.Delete(path);
        draft.Append([1, 2, 3, 4, 5], 5);
        Assert.Equal([1, 2, 3, 4, 5], draft.Read().ToArray());
    }
}
