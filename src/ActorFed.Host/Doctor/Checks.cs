using System.Runtime.InteropServices;
using ActorFed.Host.Runs;

namespace ActorFed.Host.Doctor;

/// <summary>Everything that is looked at, in the order in which it is needed.</summary>
public static class Checks
{
    private const string SdkPage = "https://learn.microsoft.com/dotnet/core/install/linux-debian";

    /// <summary>All findings; no check stops the others.</summary>
    public static IReadOnlyList<Finding> All(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        return All(world, Machine.Real());
    }

    /// <summary>All findings on a machine.</summary>
    internal static IReadOnlyList<Finding> All(World world, Machine machine) =>
        [
            new(".NET", State.Good, RuntimeInformation.FrameworkDescription),
            Sdk(machine.Sdks),
            .. DebianChecks.All(machine),
            Guard(
                "libtorch",
                "run eng/setup.sh: it installs libtorch-dev and compiles the binding",
                () => new("libtorch", State.Good, machine.Torch())
            ),
            .. BlasChecks.All(machine),
            Guard(BlasChecks.KernelsName, "run eng/setup.sh", () => BlasChecks.Kernels(machine, world.Variable(Blas.Variable))),
            Threads(world),
            .. NpmChecks.All(world.Npm),
            Guard("SQLite", "apt-get install libsqlite3-0", () => Sqlite(machine.Sqlite())),
            new("cores", State.Good, $"{Environment.ProcessorCount}, {RuntimeInformation.ProcessArchitecture}"),
            Memory(machine.Memory),
            Guard("devices", "run eng/setup.sh", () => Devices(machine.CudaDevices())),
            CacheFolder(world.Npm),
        ];

    private static Finding Sdk(IReadOnlyList<string> sdks)
    {
        var fitting = sdks.Where(v => v.StartsWith("10.", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        return fitting.Count > 0
            ? new(".NET SDK", State.Good, string.Join(", ", fitting))
            : new(".NET SDK", State.Missing, "no SDK 10 beside the runtime", $"install the .NET SDK 10: see {SdkPage}");
    }

    private static Finding Threads(World world) =>
        world.Variable("OMP_NUM_THREADS") is "1"
            ? new("OMP_NUM_THREADS", State.Good, "1: workers are the parallelism")
            : new(
                "OMP_NUM_THREADS",
                State.Weak,
                world.Variable("OMP_NUM_THREADS") ?? "not set",
                "start by ./actorfed, which sets it to 1"
            );

    // The copy inside the NuGet package is years older than Debian's: it works, and lacks years of repairs.
    private static Finding Sqlite(string version) =>
        version.EndsWith("(bundled)", StringComparison.Ordinal)
            ? new("SQLite", State.Weak, version, "apt-get install libsqlite3-0")
            : new("SQLite", State.Good, version);

    private static Finding Memory(long bytes) =>
        bytes >= 2_000_000_000
            ? new("memory", State.Good, Terminal.Say.Bytes(bytes))
            : new("memory", State.Weak, Terminal.Say.Bytes(bytes), "the default run takes about 1 GB: close other programs");

    private static Finding Devices(int cuda) => new("devices", State.Good, cuda > 0 ? $"cpu, {cuda} CUDA" : "cpu");

    private static Finding CacheFolder(NpmCache cache)
    {
        if (!Directory.Exists(cache.Root))
        {
            return new("cache", State.Missing, $"{cache.Root} is not there", "run eng/setup.sh, or set ACTORFED_CACHE");
        }

        var free = new DriveInfo(cache.Root).AvailableFreeSpace;
        return free >= 500_000_000
            ? new("cache", State.Good, $"{cache.Root}, {Terminal.Say.Bytes(free)} free")
            : new("cache", State.Weak, $"{cache.Root}, {Terminal.Say.Bytes(free)} free", "free some space");
    }

    private static Finding Guard(string name, string remedy, Func<Finding> check)
    {
        try
        {
            return check();
        }
        catch (Exception e)
        {
            var cause = e is TypeInitializationException { InnerException: { } inner } ? inner : e;
            return new(name, State.Missing, cause.Message.ReplaceLineEndings(" "), remedy);
        }
    }
}
