using ActorFed.Kernel.Torch;

namespace TorchSharp.Tests;

internal static class Live
{
    /// <summary>Native tensors that are held by somebody: what other tests dropped is collected first.</summary>
    internal static long Handles()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return TorchRuntime.LiveHandles;
    }
}
