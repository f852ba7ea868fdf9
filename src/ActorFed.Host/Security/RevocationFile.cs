using System.Security.Cryptography.X509Certificates;

namespace ActorFed.Host.Security;

/// <summary>The revocation list as it lies on the disk now: a new file counts from the next question on, without a restart.</summary>
/// <param name="path">The file.</param>
/// <param name="authority">Who signs it.</param>
internal sealed class RevocationFile(string path, X509Certificate2 authority)
{
    private readonly Lock _gate = new();
    private (DateTime Written, long Length, RevocationList List)? _read;

    /// <summary>Reads it, where it has changed.</summary>
    /// <exception cref="FormatException">It is no list of this CA.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public RevocationList Now()
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"{path} is not there.", path);
        }

        var (written, length) = (file.LastWriteTimeUtc, file.Length);
        lock (_gate)
        {
            if (_read is not { } before || before.Written != written || before.Length != length)
            {
                _read = null; // a list that cannot be read is not the one before it
                _read = (written, length, Read());
            }

            return _read.Value.List;
        }
    }

    private RevocationList Read()
    {
        try
        {
            return RevocationList.Read(File.ReadAllText(path), authority);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{path}: {e.Message}", e);
        }
    }
}
