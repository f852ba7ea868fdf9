using ActorFed.Actors.Transfer;
using ActorFed.Host.Runs;
using ActorFed.Training.Encoding;

namespace ActorFed.Host.Cluster;

/// <summary>Unfinished downloads as files: FOLDER/HASH.part. A node that is started again goes on where it was.</summary>
/// <remarks>What a crash leaves half-written is found by the hash at the end, and costs a second download.</remarks>
public sealed class DiskBlobDrafts(string folder) : IBlobDrafts
{
    /// <inheritdoc />
    public IBlobDraft Open(BlobId blob)
    {
        Directory.CreateDirectory(folder);
        return new Draft(Path.Combine(folder, $"{blob.Hex}.part"));
    }

    private sealed class Draft(string path) : IBlobDraft
    {
        public long Length { get; private set; } = File.Exists(path) ? new FileInfo(path).Length : 0;

        public ReadOnlyMemory<byte> Read() => Length == 0 ? default(ReadOnlyMemory<byte>) : File.ReadAllBytes(path);

        public void Append(ReadOnlySpan<byte> bytes, long total)
        {
            try
            {
                using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
                file.Seek(Length, SeekOrigin.Begin);
                file.Write(bytes);
            }
            catch (Exception e) when (AtomicDisk.IsFault(e))
            {
                throw AtomicDisk.Explain(path, Length + bytes.Length, e);
            }

            Length += bytes.Length;
        }

        public void Discard()
        {
            File.Delete(path);
            Length = 0;
        }

        public void Leave() { } // it is on the disk already
    }
}
