using System.Runtime.InteropServices;
using TorchSharp;

namespace ActorFed.Host.Runs;

/// <summary>The matrix kernels that libtorch computes with on a CPU: sums of others differ in their last bits.</summary>
public static class Blas
{
    private const string Library = "libopenblas.so.0";
    private const string Maps = "/proc/self/maps";

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint CoreName();

    /// <summary>What chooses them, if it is set when libtorch is loaded.</summary>
    public const string Variable = "OPENBLAS_CORETYPE";

    /// <summary>The set of kernels that OpenBLAS has chosen: SkylakeX, Haswell; empty for another BLAS, whose kernels cannot be told.</summary>
    public static string Kernels { get; } = Find();

    private static string Find()
    {
        _ = torch.__version__; // loads libtorch, and with it the library that it computes with
        return
            IsLoaded() // another libtorch brings a BLAS of its own, whatever else is installed
            && NativeLibrary.TryLoad(Library, out var library)
            && NativeLibrary.TryGetExport(library, "openblas_get_corename", out var function)
            ? Marshal.PtrToStringUTF8(Marshal.GetDelegateForFunctionPointer<CoreName>(function)()) ?? ""
            : "";
    }

    private static bool IsLoaded() =>
        File.Exists(Maps) && File.ReadLines(Maps).Any(line => line.Contains("/libopenblas", StringComparison.Ordinal));
}
