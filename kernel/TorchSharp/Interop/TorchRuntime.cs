using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Kernel.Torch;

/// <summary>What this binding knows about itself: version, live native tensors, devices, and gradients for tests.</summary>
public static class TorchRuntime
{
    /// <summary>The version of libtorch that the binding was compiled against, such as 1.13.1.</summary>
    public static string Version => Native.Text(Native.torch_version());

    /// <summary>Native tensors that exist now, in the whole process. The same before and after a job, or the job leaks.</summary>
    public static long LiveHandles => Native.live_handles();

    /// <summary>The devices a tensor can live on: the CPU, then every CUDA device.</summary>
    public static IReadOnlyList<string> Devices => ["cpu", .. Enumerable.Range(0, cuda.device_count()).Select(i => $"cuda:{i}")];

    /// <summary>The gradient of a leaf, or null. TorchSharp's own <c>grad</c> changed between versions.</summary>
    public static Tensor? GradientOf(Tensor tensor)
    {
        Native.Check(Native.get_grad(tensor.Held, out var handle));
        return handle.IsInvalid ? null : new Tensor(handle);
    }

    /// <summary>
    /// A tensor over memory that stays the caller's (a mapped file): nothing is copied. <paramref name="release"/> runs once,
    /// when the last tensor that sees the memory is gone; until then the memory must stay where it is.
    /// </summary>
    public static unsafe Tensor FromMemory(nint data, ReadOnlySpan<long> shape, ScalarType dtype, Action release)
    {
        var context = GCHandle.Alloc(release);
        var code = Native.from_memory(
            data,
            shape,
            shape.Length,
            (int)dtype,
            &Release,
            GCHandle.ToIntPtr(context),
            out var handle
        );
        if (code != 0)
        {
            context.Free();
        }
        return Native.Make(code, handle);
    }

    /// <summary>softmax(q kᵀ / sqrt(d) + mask) v in one call. q[..., n, d], k and v[..., m, d]; the mask is added, or keeps where true.</summary>
    public static Tensor Attention(Tensor q, Tensor k, Tensor v, Tensor? mask = null, bool causal = false) =>
        Native.Make(Native.attention(q.Held, k.Held, v.Held, Native.H(mask), Native.Int(causal), out var handle), handle);

    [UnmanagedCallersOnly]
    private static void Release(nint context)
    {
        var handle = GCHandle.FromIntPtr(context);
        ((Action)handle.Target!)();
        handle.Free();
    }
}
