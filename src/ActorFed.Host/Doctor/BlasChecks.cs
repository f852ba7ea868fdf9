namespace ActorFed.Host.Doctor;

/// <summary>Which BLAS the alternatives choose: OpenMP's is the one that torch controls.</summary>
internal static class BlasChecks
{
    public static IEnumerable<Finding> All(Machine machine) =>
        machine.LibtorchHome is { } home
            ? [new("BLAS", State.Good, $"inside {home}")]
            : new[] { "libblas.so.3", "liblapack.so.3" }.Select(name => Check(name, machine.Alternative(name)));

    private static Finding Check(string name, string? target) =>
        target switch
        {
            null => new(name, State.Missing, "not installed", "apt-get install libopenblas0-openmp"),
            _ when target.Contains("/openblas-openmp/", StringComparison.Ordinal) => new(name, State.Good, target),
            _ => new(
                name,
                State.Missing,
                $"{target}: its threads are not torch's",
                $"update-alternatives --set {name}-{Machine.Triplet} /usr/lib/{Machine.Triplet}/openblas-openmp/{name}"
            ),
        };
}
