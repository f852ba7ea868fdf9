using System.Runtime.InteropServices;

namespace ActorFed.Training.Trainers;

/// <summary>Tells a refusal for want of memory from any other: libtorch says both by a text, and only the first is worth a smaller batch.</summary>
internal static class DeviceMemory
{
    // libtorch's own words: CUDA's allocator, the CPU's allocator by posix_memalign, and by malloc.
    private static readonly string[] Signs = ["out of memory", "can't allocate memory", "not enough memory"];

    public static bool IsExhausted(ExternalException refusal) =>
        Signs.Any(s => refusal.Message.Contains(s, StringComparison.OrdinalIgnoreCase));
}
