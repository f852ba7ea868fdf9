using ActorFed.Host.Cluster;
using ActorFed.Host.Runs;
using ActorFed.Training.Encoding;

namespace ActorFed.Host.Tests.Cluster;

public sealed class DiskBlobDraftsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorfed-drafts-");
    private readonly BlobId _blob = BlobId.Of([1]);

    public void Dispose() => _folder.Delete(recursive: true);

    private DiskBlobDrafts Drafts => new(Path.Combine(_folder.FullName, "downloads"));

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
}
