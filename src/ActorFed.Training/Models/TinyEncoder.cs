using ActorFed.Training.Chance;
using ActorFed.Training.Encoding;
using TorchSharp;

namespace ActorFed.Training.Models;

/// <summary>A small <see cref="SentenceEncoder"/> of random weights: the same code as USE-lite, without a download.</summary>
public static class TinyEncoder
{
    /// <summary>A model of this seed; the same seed gives the same weights on every machine.</summary>
    public static SentenceEncoder Create(
        long seed,
        EncoderShape? shape = null,
        torch.Device? device = null,
        torch.ScalarType type = torch.ScalarType.Float32
    )
    {
        var sizes = shape ?? EncoderShape.Tiny;
        return new("tiny", sizes, Weights(seed, sizes), device, type);
    }

    /// <summary>Its weights: uniform in 1/sqrt(in) for maps, norms near 1 and 0, biases small.</summary>
    public static TensorSet Weights(long seed, EncoderShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var tensors = new Dictionary<string, TensorValue>(StringComparer.Ordinal)
        {
            ["embedding"] = Draw(seed, "embedding", 0, 1, shape.Vocabulary, shape.Layers[0].In),
        };
        for (var i = 0; i < shape.Layers.Length; i++)
        {
            var s = shape.Layers[i];
            Norm($"layers.{i}.attention.norm", s.In);
            Map($"layers.{i}.attention.qkv", s.In, 3 * s.In);
            Map($"layers.{i}.attention.out", s.In, s.Out);
            if (s.In != s.Out)
            {
                Map($"layers.{i}.residual", s.In, s.Out);
            }

            Norm($"layers.{i}.ffn.norm", s.Out);
            Map($"layers.{i}.ffn.up", s.Out, s.Hidden);
            Map($"layers.{i}.ffn.down", s.Hidden, s.Out);
        }

        Map("pool", shape.Layers[^1].Out, shape.Output);
        return TensorSet.Of(tensors);

        void Map(string path, int from, int to)
        {
            tensors[$"{path}.weight"] = Draw(seed, $"{path}.weight", 0, Math.Sqrt(3.0 / from), from, to);
            tensors[$"{path}.bias"] = Draw(seed, $"{path}.bias", 0, 0.1, to);
        }

        void Norm(string path, int width)
        {
            tensors[$"{path}.weight"] = Draw(seed, $"{path}.weight", 1, 0.2, width);
            tensors[$"{path}.bias"] = Draw(seed, $"{path}.bias", 0, 0.2, width);
        }
    }

    private static TensorValue Draw(long seed, string name, double centre, double reach, params ReadOnlySpan<long> shape)
    {
        var chance = SeededRandom.For(seed, "tiny-encoder", name);
        var count = 1L;
        foreach (var d in shape)
        {
            count *= d;
        }

        var values = new float[count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(centre + (reach * ((2 * chance.NextDouble()) - 1)));
        }

        return TensorValue.Of(values, shape);
    }
}
