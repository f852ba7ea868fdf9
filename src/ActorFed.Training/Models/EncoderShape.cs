using System.Collections.Immutable;

namespace ActorFed.Training.Models;

/// <summary>One transformer layer: attention of width <paramref name="In"/>, then a feed-forward part of width <paramref name="Out"/>.</summary>
/// <param name="In">Width of its input; a multiple of <paramref name="Heads"/>.</param>
/// <param name="Out">Width of its output. Where it differs from the input, the residual goes through a linear map.</param>
/// <param name="Heads">Attention heads.</param>
/// <param name="Hidden">Width between the two feed-forward maps.</param>
public sealed record LayerShape(int In, int Out, int Heads, int Hidden);

/// <summary>The sizes of a <see cref="SentenceEncoder"/>.</summary>
/// <param name="Vocabulary">Token ids.</param>
/// <param name="MaxTokens">Most tokens of a document.</param>
/// <param name="Layers">In order; a layer's input is the output of the one before.</param>
/// <param name="Output">Width of the pooled embedding.</param>
public sealed record EncoderShape(int Vocabulary, int MaxTokens, ImmutableArray<LayerShape> Layers, int Output)
{
    private const double NormEpsilon = 1e-6;

    /// <summary>The Universal Sentence Encoder Lite: 7.0 M parameters.</summary>
    public static EncoderShape UseLite { get; } = new(8002, 128, [new(256, 512, 4, 1536), new(512, 512, 4, 1536)], 512);

    /// <summary>The same architecture in the small: for tests and for benches of everything but the model.</summary>
    public static EncoderShape Tiny { get; } = new(64, 16, [new(8, 12, 2, 16), new(12, 12, 2, 16)], 12);

    /// <summary>The linear maps in the order of the forward pass.</summary>
    public ImmutableArray<LinearMap> Maps => [.. Layers.SelectMany(MapsOf), new("pool", Layers[^1].Out, Output)];

    /// <summary>The layer norms in the order of the forward pass.</summary>
    public ImmutableArray<NormLayer> Norms => [.. Layers.SelectMany((s, i) => new[] { AttentionNorm(s, i), FfnNorm(s, i) })];

    internal static NormLayer AttentionNorm(LayerShape s, int layer) => new($"layers.{layer}.attention.norm", s.In, NormEpsilon);

    internal static NormLayer FfnNorm(LayerShape s, int layer) => new($"layers.{layer}.ffn.norm", s.Out, NormEpsilon);

    internal static LinearMap[] Qkv(LayerShape shape, int layer) =>
        [.. new[] { "q", "k", "v" }.Select(part => new LinearMap($"layers.{layer}.attention.{part}", shape.In, shape.In))];

    internal static LinearMap AttentionOut(LayerShape s, int layer) => new($"layers.{layer}.attention.out", s.In, s.Out);

    internal static LinearMap Residual(LayerShape s, int layer) => new($"layers.{layer}.residual", s.In, s.Out);

    internal static LinearMap Up(LayerShape s, int layer) => new($"layers.{layer}.ffn.up", s.Out, s.Hidden);

    internal static LinearMap Down(LayerShape s, int layer) => new($"layers.{layer}.ffn.down", s.Hidden, s.Out);

    private static IEnumerable<LinearMap> MapsOf(LayerShape s, int layer)
    {
        IEnumerable<LinearMap> residual = s.In == s.Out ? [] : [Residual(s, layer)];
        return [.. Qkv(s, layer), AttentionOut(s, layer), .. residual, Up(s, layer), Down(s, layer)];
    }
}
