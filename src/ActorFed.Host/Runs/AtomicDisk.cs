using System.Runtime.InteropServices;

namespace ActorFed.Host.Runs;

/// <summary>The real disk: temporary file in the same folder, fsync, rename, fsync of the folder.</summary>
/// <param name="create">Opens the temporary file; a test gives a stream that runs full.</param>
public sealed partial class AtomicDisk(Func<string, Stream>? create = null) : IDisk
{
    private const int TooLarge = 27;
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    internal const string WhatToDo = "Rounds committed before are kept: make room, then --resume.";
    private readonly Func<string, Stream> _create =
        create ?? (path => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1));

    /// <inheritdoc />
    public void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var temporary = path + ".tmp";
        try
        {
            Fill(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
            SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception e) when (IsFault(e))
        {
            Discard(temporary);
            throw Explain(path, bytes.Length, e);
        }
    }

    /// <inheritdoc />
    public byte[] Read(string path) => File.ReadAllBytes(path);

    /// <inheritdoc />
    public bool Exists(string path) => File.Exists(path);

    /// <inheritdoc />
    public void Delete(string path) => File.Delete(path);

    /// <summary>Whether a write failed by the disk's fault; of a file past the user's limit .NET says that an argument is out of range.</summary>
    public static bool IsFault(Exception cause) =>
        cause is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    /// <summary>Says what a failed write means and what to do.</summary>
    public static DiskException Explain(string path, long bytes, Exception cause) =>
        (cause.HResult & 0xFFFF) switch
        {
            _ when cause is ArgumentOutOfRangeException => Explain(path, bytes, new IOException(cause.Message, TooLarge)),
            NoSpace or QuotaExceeded => new($"{path}: the disk is full ({bytes:N0} bytes did not fit). {WhatToDo}", cause),
            TooLarge => new($"{path}: a file may not have {bytes:N0} bytes here (ulimit -f). {WhatToDo}", cause),
            _ => new($"{path}: cannot be written: {cause.Message}", cause),
        };

    private void Fill(string temporary, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(temporary))!);
        using var file = _create(temporary);
        file.Write(bytes);
        if (file is FileStream real)
        {
            real.Flush(flushToDisk: true);
        }
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report; a left-over temporary file is overwritten by the next write.
        }
    }

    // .NET opens no folders, and a rename is durable only when the folder that holds the name is.
    private static void SyncFolder(string folder)
    {
        var descriptor = OpenFolder(folder, flags: 0);
        if (descriptor < 0)
        {
            return; // a file system without folders to open keeps its own promises
        }

        _ = Sync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
