using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>What a client computes with and what of it may move.</summary>
/// <param name="Tensors">Everything that the overlay and the head need: downloaded, personal, or made again from the seed.</param>
/// <param name="Trained">Names of those that the optimiser moves; the others are frozen.</param>
public sealed record LocalStart(TensorSet Tensors, ImmutableSortedSet<string> Trained);

/// <summary>What local training left.</summary>
/// <param name="Trained">The trained tensors, under their names.</param>
/// <param name="Objective">The objective that went along, with what it saw.</param>
/// <param name="Examples">Examples of the shard.</param>
/// <param name="Steps">Optimiser steps taken.</param>
public sealed record LocalEnd(TensorSet Trained, ILocalObjective Objective, long Examples, int Steps);

/// <summary>What a client does with it.</summary>
/// <param name="Upload">What leaves the client.</param>
/// <param name="Personal">What stays for its next round; null for nothing.</param>
/// <param name="Metrics">More figures by name.</param>
public sealed record LocalUpdate(TensorSet Upload, TensorSet? Personal, ImmutableSortedDictionary<string, double> Metrics)
{
    /// <summary>An update that keeps nothing and measures nothing.</summary>
    public static LocalUpdate Of(TensorSet upload) =>
        new(upload, null, ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal));
}

/// <summary>A method's own part of local training; one instance for one training, so it may remember what it saw.</summary>
public interface ILocalObjective
{
    /// <summary>A scalar that is added to the task loss of a step, or null. It may differentiate through the trained tensors.</summary>
    torch.Tensor? Penalty(IReadOnlyDictionary<string, torch.Tensor> tensors);

    /// <summary>Sees, and may change in place, the gradients of a step, before clipping.</summary>
    /// <param name="step">0 for the first.</param>
    /// <param name="tensors">The trained tensors as they are before the step.</param>
    /// <param name="gradients">Their gradients, under the same names.</param>
    void Observe(
        int step,
        IReadOnlyDictionary<string, torch.Tensor> tensors,
        IReadOnlyDictionary<string, torch.Tensor> gradients
    );
}

/// <summary>The task loss alone.</summary>
public sealed class PlainObjective : ILocalObjective
{
    /// <summary>It has no state: one serves all.</summary>
    public static PlainObjective Instance { get; } = new();

    /// <inheritdoc />
    public torch.Tensor? Penalty(IReadOnlyDictionary<string, torch.Tensor> tensors) => null;

    /// <inheritdoc />
    public void Observe(
        int step,
        IReadOnlyDictionary<string, torch.Tensor> tensors,
        IReadOnlyDictionary<string, torch.Tensor> gradients
    ) { }
}

/// <summary>Gradients of the client's own data before training: what a client may choose heads or components by.</summary>
public interface IGradientProbe
{
    /// <summary>The gradient of the mean task loss over the client's first mini-batch, at these tensors.</summary>
    /// <param name="tensors">All that the forward pass needs.</param>
    /// <param name="names">The tensors to differentiate by.</param>
    TensorSet Gradients(TensorSet tensors, ImmutableSortedSet<string> names);
}

/// <summary>The pooled embeddings of a client's shard under the frozen model, for methods that compute in closed form.</summary>
/// <param name="Values">[examples, width], row-major.</param>
/// <param name="Labels">One a row.</param>
/// <param name="Width">Embedding size.</param>
/// <param name="Classes">Classes of the task.</param>
public sealed record ShardFeatures(ReadOnlyMemory<float> Values, ReadOnlyMemory<int> Labels, int Width, int Classes);

/// <summary>The client's side of a federated method: pure functions, called by the local trainer in the order of this page.</summary>
public interface ILocalMethod
{
    /// <summary>Whether anything but the head ever changes; if not, embeddings are computed once and kept.</summary>
    bool TouchesEncoder { get; }

    /// <summary>What this client computes with, and which of it moves.</summary>
    LocalStart Personalise(LocalWork work, IGradientProbe probe);

    /// <summary>The adapters that these tensors make.</summary>
    /// <param name="tensors">On the device; the trained ones require a gradient.</param>
    /// <param name="plan">What the server said.</param>
    ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan);

    /// <summary>The method's own part of the training.</summary>
    ILocalObjective Objective(LocalWork work, LocalStart start);

    /// <summary>What leaves the client, and what stays.</summary>
    LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end);

    /// <summary>The whole work in closed form from the frozen model's embeddings, or null when it is to be trained.</summary>
    LocalUpdate? Solve(LocalWork work, ShardFeatures features) => null;

    /// <summary>Whether <see cref="Solve"/> answers this work.</summary>
    bool Solves(LocalWork work) => false;

    /// <summary>What evaluation needs besides the global tensors: frozen bases that are never sent.</summary>
    TensorSet Expand(TensorSet global);

    /// <summary>The models that a client could use after the last round, the one it would use last; the global model alone for most.</summary>
    IReadOnlyList<ClientModel> Finish(ClientEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        return [ClientModel.Of("global", end.Global)];
    }

    /// <summary>The global model as pairs that PEFT can express; empty when nothing but the head changed.</summary>
    IReadOnlyList<LoraPair> Export(TensorSet global);

    /// <summary>What of the global model no pair can express: changes of biases and norms; empty for adapters of maps.</summary>
    TensorSet ExportRest(TensorSet global) => TensorSet.Empty;
}

/// <summary>A whole method: the server's side and the client's.</summary>
public interface ITrainableMethod : IFederatedMethod, ILocalMethod
{
    /// <summary>Why an option cannot be laid around this method; null where it can. The table in docs/methods.md says the same.</summary>
    string? Refuses(MethodOption option) => null;

    /// <summary>Numbers of the adapter that a client of full budget trains, all rounds taken together, without the head: what methods are compared at.</summary>
    long AdapterParameters { get; }
}
