using System.Runtime.InteropServices;

namespace ActorFed.Host.Doctor;

/// <summary>Which BLAS the alternatives choose: OpenMP's is the one that torch controls.</summary>
internal static class BlasChecks
{
    public static IEnumerable<Finding> All()
    {
        if (Environment.GetEnvironmentVariable("LIBTORCH_HOME") is { Length: > 0 } home)
        {
            return [new("BLAS", State.Good, $"inside {home}")];
        }

        var triplet = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
        return new[] { "libblas.so.3", "liblapack.so.3" }.Select(name => Check(name, triplet));
    }

    private static Finding Check(string name, string triplet)
    {
        var target = File.ResolveLinkTarget($"/etc/alternatives/{name}-{triplet}", returnFinalTarget: true)?.FullName;
        var right = $"/usr/lib/{triplet}/openblas-openmp/{name}";
        return target switch
        {
            null => new(name, State.Missing, "not installed", "apt-get install libopenblas0-openmp"),
            _ when target.Contains("/openblas-openmp/", StringComparison.Ordinal) => new(name, State.Good, target),
            _ => new(
                name,
                State.Missing,
                $"{target}: its threads are not torch's",
                $"update-alternatives --set {name}-{triplet} {right}"
            ),
        };
    }
}
