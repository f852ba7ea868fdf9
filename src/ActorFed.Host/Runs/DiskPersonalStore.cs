using ActorFed.Actors.Clients;
using ActorFed.Training.Encoding;

namespace ActorFed.Host.Runs;

/// <summary>Personal states as files: personal/CLIENT/ROUND-ATTEMPT.safetensors. They outlive a crash, as the journal's rounds do.</summary>
public sealed class DiskPersonalStore(IDisk disk, string folder) : IPersonalStore
{
    /// <inheritdoc />
    public void Save(PersonalKey key, TensorSet state)
    {
        ArgumentNullException.ThrowIfNull(state);
        disk.Write(PathOf(key), state.Encoded.Span);
    }

    /// <inheritdoc />
    public TensorSet? Load(PersonalKey key) => disk.Exists(PathOf(key)) ? Safetensors.Decode(disk.Read(PathOf(key))) : null;

    /// <inheritdoc />
    public void ForgetBefore(PersonalKey key)
    {
        var mine = FolderOf(key);
        foreach (var file in Directory.Exists(mine) ? Directory.GetFiles(mine) : [])
        {
            // Names are padded numbers: their order is that of the trainings.
            if (string.CompareOrdinal(Path.GetFileName(file), Path.GetFileName(PathOf(key))) < 0)
            {
                disk.Delete(file);
            }
        }
    }

    private string FolderOf(PersonalKey key) => Path.Combine(folder, key.Client.Value);

    private string PathOf(PersonalKey key) => Path.Combine(FolderOf(key), $"{key.Round.Number:D7}-{key.Attempt:D4}.safetensors");
}
