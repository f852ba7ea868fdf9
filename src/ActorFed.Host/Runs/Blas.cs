using System.Runtime.InteropServices;
using TorchSharp;

namespace ActorFed.Host.Runs;

/// <summary>The matrix kernels that libtorch computes with on a CPU: sums of others differ in their last bits.</summary>
public static class Blas
{
    private const string Library = "libopenblas.so.0";

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint CoreName();

    /// <summary>What chooses them, if it is set when libtorch is loaded.</summary>
    public const string Variable = "OPENBLAS_CORETYPE";

    /// <summary>The set of kernels that OpenBLAS has chosen: SkylakeX, Haswell; empty for another BLAS, whose kernels cannot be told.</summary>
    public static string Kernels { get; } = Find();

    private static string Find()
    {
        _ = torch.__version__; // loads libtorch, and with it the copy of the library that it computes with
        return
            Environment.GetEnvironmentVariable("LIBTORCH_HOME") is not { Length: > 0 } // that one brings a BLAS of its own
            && NativeLibrary.TryLoad(Library, out var library)
            && NativeLibrary.TryGetExport(library, "openblas_get_corename", out var function)
            ? Marshal.PtrToStringUTF8(Marshal.GetDelegateForFunctionPointer<CoreName>(function)()) ?? ""
            : "";
    }
}
