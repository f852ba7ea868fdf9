using System.Runtime.InteropServices;

namespace ActorFed.Benchmarks.Rounds;

/// <summary>Bytes that malloc has handed out in this process and not got back: libtorch's tensors, SQLite's pages, everything native.</summary>
/// <remarks>glibc's mallinfo2, over all arenas and mapped blocks. The managed heap is mapped by the runtime itself and not in it.</remarks>
internal static class NativeMemory
{
    /// <summary>As it is now.</summary>
    public static double LiveBytes()
    {
        var info = Ask();
        return info.InUse + info.MappedBytes;
    }

    [DllImport("libc", EntryPoint = "mallinfo2")]
    private static extern Info Ask();

    // In the order of struct mallinfo2.
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Info(
        nuint Arena,
        nuint FreeChunks,
        nuint FastChunks,
        nuint MappedBlocks,
        nuint MappedBytes,
        nuint Unused,
        nuint FastBytes,
        nuint InUse,
        nuint Free,
        nuint Releasable
    );
}
