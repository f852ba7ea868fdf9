using ActorFed.Host.Runs;

namespace ActorFed.Host.Doctor;

/// <summary>Which BLAS the alternatives choose: OpenMP's is the one that torch controls.</summary>
internal static class BlasChecks
{
    public static IEnumerable<Finding> All(Machine machine) =>
        machine.LibtorchHome is { } home
            ? [new("BLAS", State.Good, $"inside {home}")]
            : new[] { "libblas.so.3", "liblapack.so.3" }.Select(name => Check(name, machine.Alternative(name)));

    /// <summary>Chosen by the processor's instructions, or by somebody; by its model two machines of one run may have different ones.</summary>
    public static Finding Kernels(Machine machine, string? chosen) =>
        machine.BlasKernels() switch
        {
            "" => new("BLAS kernels", State.Good, "of a BLAS that does not tell"),
            var kernels when chosen is { Length: > 0 } => new(
                "BLAS kernels",
                State.Good,
                $"{kernels} ({Blas.Variable} is {chosen})"
            ),
            var kernels when !machine.HasVectorsToChooseBy => new(
                "BLAS kernels",
                State.Good,
                $"{kernels}, by the processor's model"
            ),
            var kernels => new(
                "BLAS kernels",
                State.Weak,
                $"{kernels}, by the processor's model",
                $"start by ./actorfed, which sets {Blas.Variable} by its instructions: the same bits on more machines"
            ),
        };

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
