using ActorFed.Host.Runs;

namespace ActorFed.Host.Security;

/// <summary>Files that nobody else on the machine may read: private keys. Their mode is set before their first byte is there.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A disk that writes such files, each in one step.</summary>
    public static AtomicDisk Disk { get; } = new(Open);

    /// <summary>Whether others than the owner may read or write the file.</summary>
    public static bool IsOpenToOthers(string path) =>
        !OperatingSystem.IsWindows()
        && (File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) != UnixFileMode.None;

    private static FileStream Open(string path)
    {
        File.Delete(path); // a left-over one may have another mode
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 1,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new(path, options);
    }
}
