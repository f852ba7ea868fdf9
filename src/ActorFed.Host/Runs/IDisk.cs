namespace ActorFed.Host.Runs;

/// <summary>The part of a file system that a run folder needs. A port, so that tests can fill the disk.</summary>
public interface IDisk
{
    /// <summary>Replaces or makes the file in one step: a reader, or a process after a power cut, sees the old bytes or the new.</summary>
    /// <exception cref="DiskException">No space, no permission; names the file. The old file is untouched.</exception>
    void Write(string path, ReadOnlySpan<byte> bytes);

    /// <summary>All bytes of a file.</summary>
    byte[] Read(string path);

    /// <summary>Whether the file is there.</summary>
    bool Exists(string path);

    /// <summary>Removes the file if it is there.</summary>
    void Delete(string path);
}

/// <summary>A write that did not happen: which file, why, and what to do. What was there before is untouched.</summary>
public sealed class DiskException(string message, Exception cause) : IOException(message, cause);
