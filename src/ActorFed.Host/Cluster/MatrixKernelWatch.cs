using ActorFed.Actors.Roster;
using ActorFed.Actors.Runs;
using Akka.Actor;

namespace ActorFed.Host.Cluster;

/// <summary>Says which nodes compute with other matrix kernels than this machine: the run is sound, but <c>simulate</c> here would not give its bits.</summary>
internal sealed class MatrixKernelWatch : ReceiveActor
{
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    /// <param name="own">Kernels of this machine.</param>
    /// <param name="say">Takes a sentence.</param>
    public MatrixKernelWatch(string own, Action<string> say) =>
        Receive<NodeCame>(m =>
        {
            if (Warning(own, m.Node.Node.Node, m.Node.Node.Capacity) is { } warning && _said.Add(warning))
            {
                say(warning);
            }
        });

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(NodeCame));

    private static bool IsCpu(string device) => device.StartsWith("cpu", StringComparison.Ordinal);

    private static string? Warning(string own, string node, NodeCapacity? capacity) =>
        capacity is { MatrixKernels: { Length: > 0 } kernels } && own.Length > 0 && kernels != own && capacity.Devices.Any(IsCpu)
            ? $"{node} computes with the kernels {kernels}, this machine with {own}: simulate here would differ in the last bits "
                + "(OPENBLAS_CORETYPE, docs/operations.md)"
            : null;
}
