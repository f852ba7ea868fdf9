using System.Runtime.InteropServices;
using ActorFed.Host.Runs;
using TorchSharp;

namespace ActorFed.Host.Doctor;

/// <summary>Everything that is looked at, in the order in which it is needed.</summary>
public static class Checks
{
    /// <summary>All findings; no check stops the others.</summary>
    public static IReadOnlyList<Finding> All(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        return
        [
            new(".NET", State.Good, RuntimeInformation.FrameworkDescription),
            Guard("libtorch", "run eng/setup.sh: it installs libtorch-dev and compiles the binding", Torch),
            .. BlasChecks.All(),
            Threads(world),
            .. NpmChecks.All(world.Npm),
            Guard("SQLite", "apt-get install libsqlite3-0", () => new("SQLite", State.Good, Sqlite.Version)),
            new("cores", State.Good, $"{Environment.ProcessorCount}, {RuntimeInformation.ProcessArchitecture}"),
            Memory(),
            Guard("devices", "run eng/setup.sh", Devices),
            CacheFolder(world.Npm),
        ];
    }

    private static Finding Torch()
    {
        using var scope = torch.NewDisposeScope();
        var sum = torch.ones(2, 3).sum().item<float>();
        var build = typeof(torch).Assembly.GetName();
        return sum is 6f
            ? new("libtorch", State.Good, $"{torch.__version__}, binding {build.Name} {build.Version}")
            : new(
                "libtorch",
                State.Missing,
                $"the sum of six ones is {sum}",
                "the native binding does not fit this libtorch: run eng/setup.sh"
            );
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

    private static Finding Memory()
    {
        var bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return bytes >= 2_000_000_000
            ? new("memory", State.Good, Terminal.Say.Bytes(bytes))
            : new("memory", State.Weak, Terminal.Say.Bytes(bytes), "the default run takes about 1 GB: close other programs");
    }

    private static Finding Devices() =>
        torch.cuda.is_available()
            ? new("devices", State.Good, $"cpu, {torch.cuda.device_count()} CUDA")
            : new("devices", State.Good, "cpu");

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
