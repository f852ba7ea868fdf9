using ActorFed.Actors.Store;
using ActorFed.Actors.Transfer;
using ActorFed.Host.Runs;
using ActorFed.Training.Encoding;

namespace ActorFed.Host.Cluster;

/// <summary>Unfinished downloads: large ones as files, FOLDER/HASH.part, so that a node that is started again goes on where it was; small ones in memory.</summary>
/// <remarks>What a crash leaves half-written is found by the hash at the end, and costs a second download.</remarks>
/// <param name="folder">Where the files go.</param>
/// <param name="from">Bytes from which on a download is large.</param>
public sealed class DiskBlobDrafts(string folder, long from) : IBlobDrafts
{
    private const int MostInMemory = 8; // so many that are just not large; what does not fit becomes a file

    private readonly MemoryBlobDrafts _small = new(MostInMemory * from);

    /// <inheritdoc />
    public IBlobDraft Open(BlobId blob)
    {
        var path = Path.Combine(folder, $"{blob.Hex}.part");
        return File.Exists(path) ? new FileDraft(path) : new Draft(_small.Open(blob), path, from);
    }

    /// <summary>Its first bytes say how large it will be.</summary>
    private sealed class Draft : IBlobDraft
    {
        private readonly string _path;
        private readonly long _from;
        private IBlobDraft _kept;

        public Draft(IBlobDraft small, string path, long from) => (_kept, _path, _from) = (small, path, from);

        public long Length => _kept.Length;

        public ReadOnlyMemory<byte> Read() => _kept.Read();

        public void Append(ReadOnlySpan<byte> bytes, long total)
        {
            if (Length == 0 && total >= _from)
            {
                Overflow();
            }

            try
            {
                _kept.Append(bytes, total);
            }
            catch (BlobStoreFullException)
            {
                Overflow(); // memory has reserved all of it with the first bytes: there are none to take along
                _kept.Append(bytes, total);
            }
        }

        private void Overflow()
        {
            _kept.Discard();
            _kept = new FileDraft(_path);
        }

        public void Discard() => _kept.Discard();

        public void Leave() => _kept.Leave();
    }

    private sealed class FileDraft(string path) : IBlobDraft
    {
        private FileStream? _file;

        public long Length { get; private set; } = File.Exists(path) ? new FileInfo(path).Length : 0;

        public ReadOnlyMemory<byte> Read() => Length == 0 ? default(ReadOnlyMemory<byte>) : File.ReadAllBytes(path);

        public void Append(ReadOnlySpan<byte> bytes, long total)
        {
            try
            {
                _file ??= Open();
                _file.Position = Length; // after a write that failed, too
                _file.Write(bytes);
            }
            catch (Exception e) when (AtomicDisk.IsFault(e))
            {
                throw AtomicDisk.Explain(path, Length + bytes.Length, e);
            }

            Length += bytes.Length;
        }

        private FileStream Open()
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }

        public void Discard()
        {
            Leave();
            File.Delete(path);
            Length = 0;
        }

        // It is on the disk already.
        public void Leave()
        {
            _file?.Dispose();
            _file = null;
        }
    }
}
