using ActorFed.Actors.Store;
using ActorFed.Training.Encoding;

namespace ActorFed.Host.Runs;

/// <summary>Tensors in files that are named by the hash of their bytes: checkpoints/HASH.safetensors.</summary>
public sealed class CheckpointFiles(IDisk disk, string folder)
{
    private const string Ending = ".safetensors";

    /// <summary>Writes the set unless it is there; durable before it returns.</summary>
    /// <exception cref="DiskException">It cannot be written; nothing of it is there.</exception>
    public BlobId Save(TensorSet tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (!disk.Exists(PathOf(tensors.Id)))
        {
            disk.Write(PathOf(tensors.Id), tensors.Encoded.Span);
        }

        return tensors.Id;
    }

    /// <summary>The set of this name.</summary>
    /// <exception cref="BlobMissingException">No such file.</exception>
    /// <exception cref="BlobCorruptException">The file's bytes have another hash.</exception>
    public TensorSet Load(BlobId id)
    {
        if (!disk.Exists(PathOf(id)))
        {
            throw new BlobMissingException(id);
        }

        var bytes = disk.Read(PathOf(id));
        var found = BlobId.Of(bytes);
        return found == id ? Safetensors.Decode(bytes) : throw new BlobCorruptException(id, found);
    }

    /// <summary>Removes every file whose name is not among these, half-written ones too.</summary>
    public void KeepOnly(IReadOnlySet<BlobId> kept)
    {
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            if (!kept.Any(id => PathOf(id) == file))
            {
                disk.Delete(file);
            }
        }
    }

    private string PathOf(BlobId id) => Path.Combine(folder, id.Hex + Ending);
}
