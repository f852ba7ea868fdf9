using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>FedIT: federated averaging over the LoRA factors A and B, and over the head.</summary>
/// <remarks>
/// W = W0 + (alpha/r) B A; B = 0 and A random at the start. A ← Σ p_k A_k, B ← Σ p_k B_k.
/// Inexact: mean(B) mean(A) is not mean(B A). Upload r (in + out) a map, and the head.
/// Source: Zhang et al. 2023, "Towards Building the Federated GPT" (https://arxiv.org/abs/2305.05644).
/// </remarks>
public sealed class FedIt(MethodContext context) : FederatedMethod(context)
{
    private readonly LoraShape _lora = context.Lora();

    /// <inheritdoc />
    public override string Name => "fedit";

    /// <summary>B = 0, A by the seed, head = 0.</summary>
    public override ServerState Initialise() => new(_lora.Initialise(Context.Seed).With(Head), TensorSet.Empty);

    /// <summary>Delta(x) = (alpha/r) x Aᵀ Bᵀ.</summary>
    public override ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return new(
            _lora.Maps.Select(m => new KeyValuePair<string, IMapDelta>(
                m.Name,
                new LowRankDelta(tensors[LoraNames.A(m.Name)], tensors[LoraNames.B(m.Name)], _lora.Scale)
            ))
        );
    }

    /// <inheritdoc />
    public override IReadOnlyList<LoraPair> Export(TensorSet global) => LoraPair.Of(global, _lora.Scale);
}
