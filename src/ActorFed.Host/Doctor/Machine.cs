using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using ActorFed.Host.Runs;
using TorchSharp;

namespace ActorFed.Host.Doctor;

/// <summary>What the doctor reads of the machine that it runs on; a test makes one that lacks something.</summary>
internal sealed record Machine
{
    /// <summary>Installed Debian packages with their versions; null where there is no dpkg.</summary>
    public required IReadOnlyDictionary<string, string>? Packages { get; init; }

    /// <summary>Whether PATH has a program of this name.</summary>
    public required Func<string, bool> HasCommand { get; init; }

    /// <summary>The file that the alternative of this library leads to; null where there is none.</summary>
    public required Func<string, string?> Alternative { get; init; }

    /// <summary>A libtorch of one's own in the place of Debian's; null for Debian's.</summary>
    public required string? LibtorchHome { get; init; }

    /// <summary>Versions of the .NET SDKs beside the runtime.</summary>
    public required IReadOnlyList<string> Sdks { get; init; }

    /// <summary>Computes something by libtorch and gives its version; throws where it cannot be loaded.</summary>
    public required Func<string> Torch { get; init; }

    /// <summary>The BLAS kernels that libtorch computes with; empty where that cannot be told.</summary>
    public required Func<string> BlasKernels { get; init; }

    /// <summary>Whether its instructions are among those that <c>./actorfed</c> chooses kernels by.</summary>
    public required bool HasVectorsToChooseBy { get; init; }

    /// <summary>CUDA devices.</summary>
    public required Func<int> CudaDevices { get; init; }

    /// <summary>Version and place of the SQLite library in use; throws where there is none.</summary>
    public required Func<string> Sqlite { get; init; }

    /// <summary>Memory that this process may use, bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>The architecture's part of Debian's library folders.</summary>
    public static string Triplet { get; } =
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu";

    /// <summary>This one.</summary>
    public static Machine Real() =>
        new()
        {
            Packages = DpkgStatus.OfThisMachine(),
            HasCommand = name => Path.GetFileName(name) == name && Folders("PATH").Any(f => File.Exists(Path.Combine(f, name))),
            Alternative = name => Target($"/etc/alternatives/{name}-{Triplet}"),
            LibtorchHome = Environment.GetEnvironmentVariable("LIBTORCH_HOME") is { Length: > 0 } home ? home : null,
            Sdks = SdksBeside(RuntimeEnvironment.GetRuntimeDirectory()),
            Torch = TorchVersion,
            BlasKernels = () => Blas.Kernels,
            HasVectorsToChooseBy = Avx2.IsSupported && Fma.IsSupported,
            CudaDevices = Settings.ComputeDevice.Present,
            Sqlite = () => Runs.Sqlite.Version,
            Memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        };

    private static string[] Folders(string variable) => (Environment.GetEnvironmentVariable(variable) ?? "").Split(':');

    // Asked of a file that is not there, ResolveLinkTarget throws.
    private static string? Target(string link) =>
        new FileInfo(link) is { LinkTarget: not null } found ? found.ResolveLinkTarget(returnFinalTarget: true)?.FullName : null;

    // ROOT/shared/Microsoft.NETCore.App/VERSION/ is where the runtime is, ROOT/sdk/VERSION where SDKs are.
    private static string[] SdksBeside(string runtime)
    {
        var sdks = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "sdk"));
        return Directory.Exists(sdks) ? [.. Directory.GetDirectories(sdks).Select(f => Path.GetFileName(f))] : [];
    }

    private static string TorchVersion()
    {
        using var scope = torch.NewDisposeScope();
        var sum = torch.ones(2, 3).sum().item<float>();
        var binding = typeof(torch).Assembly.GetName();
        return sum is 6f
            ? $"{torch.__version__}, binding {binding.Name} {binding.Version}"
            : throw new InvalidDataException($"the sum of six ones is {sum}: the native binding does not fit this libtorch");
    }
}
