using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Training.Methods;

/// <summary>Sensitivity of the trained factors, smoothed over steps and over a client's participations.</summary>
/// <remarks>
/// I_t(w) = |w dL/dw|, Ī_t = β₁ Ī + (1 - β₁) I_t, Ū_t = β₂ Ū + (1 - β₂) |I_t - Ī_t|; s(w) = Ī or Ī Ū; the score of component i is the mean
/// of s over row i of A plus the mean over column i of B. Source: AdaLoRA, Zhang et al. 2023 (https://arxiv.org/abs/2303.10512), eq. 8-10,
/// without the term of its singular values. The gradient is that of loss and penalty before clipping.
/// </remarks>
internal sealed class HaflImportance : ILocalObjective
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly ImmutableArray<string> _names;
    private readonly TensorSet _start;
    private readonly Dictionary<string, (Tensor Mean, Tensor Spread)> _now = new(StringComparer.Ordinal);

    /// <param name="beta1">β₁.</param>
    /// <param name="beta2">β₂.</param>
    /// <param name="names">The trained factors.</param>
    /// <param name="start">Ī and Ū of them as the client kept them; zeros where it has none.</param>
    public HaflImportance(double beta1, double beta2, ImmutableArray<string> names, TensorSet start) =>
        (_beta1, _beta2, _names, _start) = (beta1, beta2, names, start);

    /// <summary>Ī of a factor.</summary>
    public static string Mean(string factor) => factor + ".importance";

    /// <summary>Ū of a factor.</summary>
    public static string Spread(string factor) => factor + ".uncertainty";

    /// <inheritdoc />
    public Tensor? Penalty(IReadOnlyDictionary<string, Tensor> tensors) => null;

    /// <inheritdoc />
    public void Observe(int step, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, Tensor> gradients)
    {
        foreach (var name in _names)
        {
            var weight = tensors[name].detach();
            var (mean, spread) = _now.TryGetValue(name, out var now) ? now : _now[name] = Begin(name, weight);
            var sensitivity = weight.mul(gradients[name]).abs();
            mean.mul_(_beta1).add_(sensitivity, 1 - _beta1);
            spread.mul_(_beta2).add_(sensitivity.sub(mean).abs(), 1 - _beta2);
        }
    }

    /// <summary>Ī and Ū as they are now.</summary>
    public TensorSet Values() =>
        _now.Count == 0
            ? _start
            : TensorSet.Of(
                _now.SelectMany(n =>
                    new KeyValuePair<string, TensorValue>[]
                    {
                        new(Mean(n.Key), n.Value.Mean.to(ScalarType.Float32).ToValue()),
                        new(Spread(n.Key), n.Value.Spread.to(ScalarType.Float32).ToValue()),
                    }
                )
            );

    /// <summary>The score of every component of a map.</summary>
    /// <param name="values">Ī and Ū of its factors.</param>
    /// <param name="map">The map.</param>
    /// <param name="withSpread">Ī Ū; else Ī alone.</param>
    public static float[] Scores(TensorSet values, string map, bool withSpread)
    {
        var (a, b) = (Sensitivity(LoraNames.A(map)), Sensitivity(LoraNames.B(map)));
        var (rank, width, height) = (a.Shape[0], a.Shape[1], b.Shape[0]);
        var scores = new float[rank];
        for (var i = 0; i < rank; i++)
        {
            var (row, column) = (0.0, 0.0);
            for (var k = 0; k < width; k++)
            {
                row += a.Values[(i * width) + k];
            }

            for (var k = 0; k < height; k++)
            {
                column += b.Values[(k * rank) + i];
            }

            scores[i] = (float)((row / width) + (column / height));
        }

        return scores;

        (long[] Shape, double[] Values) Sensitivity(string factor)
        {
            var (mean, spread) = (values[Mean(factor)], values[Spread(factor)]);
            var product = new double[mean.Count];
            for (var i = 0; i < product.Length; i++)
            {
                product[i] = withSpread ? (double)mean.Floats[i] * spread.Floats[i] : mean.Floats[i];
            }

            return ([.. mean.Shape], product);
        }
    }

    // They live as long as the training, not as the step in which they were first needed.
    private (Tensor Mean, Tensor Spread) Begin(string name, Tensor like) =>
        (
            _start[Mean(name)].ToTorch(like.device, like.dtype).MoveToOuterDisposeScope(),
            _start[Spread(name)].ToTorch(like.device, like.dtype).MoveToOuterDisposeScope()
        );
}
