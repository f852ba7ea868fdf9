using ActorFed.Host.Runs;

namespace ActorFed.Simulation.Tests;

/// <summary>The real disk, and something that happens before each write: where faults come from.</summary>
/// <param name="before">Gets the path that is about to be written.</param>
internal sealed class HookedDisk(Action<string> before) : IDisk
{
    private readonly AtomicDisk _disk = new();

    public void Write(string path, ReadOnlySpan<byte> bytes)
    {
        before(path);
        _disk.Write(path, bytes);
    }

    public byte[] Read(string path) => _disk.Read(path);

    public bool Exists(string path) => _disk.Exists(path);

    public void Delete(string path) => _disk.Delete(path);

    /// <summary>Something that happens at the n-th checkpoint file; a round of FedIT writes one, its memory is always the same.</summary>
    public static HookedDisk AtCheckpoint(int number, Action happens)
    {
        var count = 0;
        return new(path =>
        {
            if (path.EndsWith(".safetensors", StringComparison.Ordinal) && ++count == number)
            {
                happens();
            }
        });
    }
}
