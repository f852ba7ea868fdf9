using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using TorchSharp;

namespace ActorFed.Training.Methods.Layers;

/// <summary>FedProx: a client's loss is its task loss + (μ/2) ‖θ - θ_start‖² over all that it trains.</summary>
/// <remarks>
/// θ_start is what the client began this round with; for methods that reset or rebuild trained tensors at the start of a round, it is the
/// reset value. Gradient μ (θ - θ_start). The reported training loss is the task's alone.
/// Source: Li et al. 2020, "Federated Optimization in Heterogeneous Networks" (https://arxiv.org/abs/1812.06127), equation 2.
/// </remarks>
internal sealed class ProximalTerm(ITrainableMethod inner, double mu) : MethodLayer(inner)
{
    /// <summary>μ.</summary>
    public const string Key = "client.prox";

    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Number(
            Key,
            0,
            0,
            1000,
            "",
            "FedProx: weight mu of (mu/2) |theta - start|^2 over what a client trains; 0 for none."
        ),
    ];

    public override ILocalObjective Objective(LocalWork work, LocalStart start)
    {
        ArgumentNullException.ThrowIfNull(start);
        return new NearStart(base.Objective(work, start), start.Tensors.Where(start.Trained.Contains), mu);
    }

    // What the method finds in LocalEnd.Objective must be its own.
    public override LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        return base.Extract(work, start, end with { Objective = ((NearStart)end.Objective).Inner });
    }

    private sealed class NearStart(ILocalObjective inner, TensorSet start, double mu) : ILocalObjective
    {
        public ILocalObjective Inner => inner;

        public torch.Tensor? Penalty(IReadOnlyDictionary<string, torch.Tensor> tensors)
        {
            var near = start
                .Select(s => tensors[s.Key].sub(s.Value.ToTorch(tensors[s.Key].device, tensors[s.Key].dtype)))
                .Select(d => d.mul(d).sum())
                .Aggregate((sum, square) => sum.add(square))
                .mul(mu / 2);
            return inner.Penalty(tensors) is { } own ? own.add(near) : near;
        }

        public void Observe(
            int step,
            IReadOnlyDictionary<string, torch.Tensor> tensors,
            IReadOnlyDictionary<string, torch.Tensor> gradients
        ) => inner.Observe(step, tensors, gradients);
    }
}
