using ActorFed.Training.Encoding;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>The linear classifier on the pooled embedding: logits = e Wᵀ + b.</summary>
public static class TaskHead
{
    /// <summary>W, [classes, embedding size].</summary>
    public const string Weight = "head.weight";

    /// <summary>b, [classes].</summary>
    public const string Bias = "head.bias";

    /// <summary>All zeros: every class equally likely.</summary>
    public static TensorSet Zero(int classes, int embeddingSize) =>
        TensorSet.Of([new(Weight, TensorValue.Zeros(classes, embeddingSize)), new(Bias, TensorValue.Zeros(classes))]);

    /// <summary>Logits [rows, classes] of embeddings [rows, embedding size].</summary>
    /// <exception cref="KeyNotFoundException">The tensors have no head.</exception>
    public static torch.Tensor Logits(IReadOnlyDictionary<string, torch.Tensor> tensors, torch.Tensor embeddings)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return torch.addmm(tensors[Bias], embeddings, tensors[Weight].t(), beta: 1, alpha: 1);
    }
}
