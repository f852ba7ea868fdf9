using ActorFed.Host.Runs;

namespace ActorFed.Host.Doctor;

/// <summary>Which BLAS the alternatives choose: OpenMP's is the one that torch controls.</summary>
internal static class BlasChecks
{
    /// <summary>What <see cref="Kernels"/> is called in the list.</summary>
    public const string KernelsName = "BLAS kernels";

    public static IEnumerable<Finding> All(Machine machine) =>
        machine.LibtorchHome is { } home
            ? [new("BLAS", State.Good, $"inside {home}")]
            : new[] { "libblas.so.3", "liblapack.so.3" }.Select(name => Check(name, machine.Alternative(name)));

    /// <summary>Chosen by the processor's instructions, or by somebody; by its model two machines of one run may have different ones.</summary>
    public static Finding Kernels(Machine machine, string? chosen)
    {
        var kernels = machine.BlasKernels();
        return kernels.Length == 0 ? Good("of a BLAS that does not tell")
            : chosen is { Length: > 0 } ? Good($"{kernels} ({Blas.Variable} is {chosen})")
            : !machine.HasVectorsToChooseBy ? Good($"{kernels}, by the processor's model")
            : new(
                KernelsName,
                State.Weak,
                $"{kernels}, by the processor's model",
                $"start by ./actorfed, which sets {Blas.Variable} by its instructions: the same bits on more machines"
            );
    }

    private static Finding Good(string kernels) => new(KernelsName, State.Good, kernels);

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
