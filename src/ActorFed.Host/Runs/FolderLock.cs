namespace ActorFed.Host.Runs;

/// <summary>One process at a time works in a folder. The kernel lets go of it when the process ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _path;

    private FolderLock(FileStream file, string path) => (_file, _path) = (file, path);

    /// <summary>Takes the folder.</summary>
    /// <param name="folder">Is made where it is not there.</param>
    /// <param name="what">The option that named it, for the message.</param>
    /// <exception cref="UsageException">Another process, or another run of this one, is at work in it.</exception>
    /// <exception cref="UserException">The folder cannot be written to.</exception>
    public static FolderLock Take(string folder, string what)
    {
        var path = Path.Combine(folder, ".lock");
        try
        {
            Directory.CreateDirectory(folder);
            // Nobody else may open it: on Unix that is an advisory lock, which a killed process loses.
            return new(new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1), path);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new UsageException($"{what}: another process is at work in it; wait for its end, or name another folder.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException(ExitCode.RunFailed, $"{folder}: cannot be written to: {e.Message}", e);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // First the name: who comes in between makes a file of its own, and no two have the same.
        File.Delete(_path);
        _file.Dispose();
    }
}
