using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>The baseline without an adapter: clients train the head alone, the server takes the mean of the heads.</summary>
/// <remarks>The encoder never changes, so each document is embedded once. Upload classes × (width + 1). Source: McMahan et al. 2017.</remarks>
public sealed class HeadOnly(MethodContext context) : FederatedMethod(context)
{
    /// <inheritdoc />
    public override string Name => "head-only";

    /// <inheritdoc />
    public override bool TouchesEncoder => false;

    /// <summary>Head = 0.</summary>
    public override ServerState Initialise() => new(Head, TensorSet.Empty);

    /// <summary>The frozen encoder.</summary>
    public override ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan) => ModelOverlay.None;

    /// <inheritdoc />
    public override IReadOnlyList<LoraPair> Export(TensorSet global) => [];
}
