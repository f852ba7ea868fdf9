using ActorFed.Host.Cluster;
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
