using ActorFed.Host.Runs;

namespace ActorFed.Host.Tests.Runs;

public sealed class AtomicDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File1 => Path.Combine(_folder.Path, "sub", "file");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_write_replaces_the_file_and_leaves_nothing_beside_it()
    {
        var disk = new AtomicDisk();

        disk.Write(File1, [1, 2, 3]);
        disk.Write(File1, [4]);

        Assert.Equal([4], disk.Read(File1));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(File1)!));
    }

    [Fact]
    public void A_full_disk_leaves_the_old_file_and_says_what_to_do()
    {
        new AtomicDisk().Write(File1, [1, 2, 3]);

        var full = new AtomicDisk(path => new FullFile(path, room: 2)); // fault: two bytes fit, then the disk is full
        var error = Assert.Throws<DiskException>(() => full.Write(File1, [7, 7, 7, 7]));

        Assert.Equal(
            $"{File1}: the disk is full (4 bytes did not fit). Rounds committed before are kept: make room, then --resume.",
            error.Message
        );
        Assert.Equal([1, 2, 3], full.Read(File1));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(File1)!));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        new AtomicDisk().Write(File1, [1]);

        var error = Assert.Throws<DiskException>(() => new AtomicDisk().Write(Path.Combine(File1, "below"), [1])); // fault: a file where a folder should be

        Assert.StartsWith($"{Path.Combine(File1, "below")}: cannot be written: ", error.Message, StringComparison.Ordinal);
    }
}
