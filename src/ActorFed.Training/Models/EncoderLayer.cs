using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Training.Models;

/// <summary>
/// One pre-norm transformer layer over flat rows: x + attention(norm(x)), then + feed-forward(norm(x)); layer norm with eps 1e-6, ReLU.
/// Where input and output differ in width, the residual is a linear map of the un-normalised input.
/// </summary>
internal sealed class EncoderLayer
{
    private readonly LayerShape _shape;
    private readonly FrozenLinear _qkv;
    private readonly FrozenLinear _out;
    private readonly FrozenLinear? _residual;
    private readonly FrozenLinear _up;
    private readonly FrozenLinear _down;
    private readonly (NormLayer Layer, Tensor Weight, Tensor Bias) _attentionNorm;
    private readonly (NormLayer Layer, Tensor Weight, Tensor Bias) _ffnNorm;

    public EncoderLayer(FrozenTensors weights, LayerShape shape, int layer)
    {
        var path = $"layers.{layer}";
        _shape = shape;
        _attentionNorm = Norm(weights, EncoderShape.AttentionNorm(shape, layer));
        _qkv = new(weights, $"{path}.attention.qkv", EncoderShape.Qkv(shape, layer));
        _out = new(weights, $"{path}.attention.out", EncoderShape.AttentionOut(shape, layer));
        _residual = shape.In == shape.Out ? null : new(weights, $"{path}.residual", EncoderShape.Residual(shape, layer));
        _ffnNorm = Norm(weights, EncoderShape.FfnNorm(shape, layer));
        _up = new(weights, $"{path}.ffn.up", EncoderShape.Up(shape, layer));
        _down = new(weights, $"{path}.ffn.down", EncoderShape.Down(shape, layer));
    }

    /// <summary>[rows x width, in] to [rows x width, out].</summary>
    /// <param name="x">Flat rows.</param>
    /// <param name="rows">Documents.</param>
    /// <param name="width">Tokens of each, padded.</param>
    /// <param name="mask">[rows, 1, 1, width]: 0 for a token, -1e9 for padding; null when nothing is padded.</param>
    /// <param name="overlay">The adapters.</param>
    public Tensor Forward(Tensor x, int rows, int width, Tensor? mask, ModelOverlay overlay)
    {
        using var scope = NewDisposeScope();
        var attended = _out.Apply(Attend(Normalised(x, _attentionNorm, overlay), rows, width, mask, overlay), overlay);
        var y = attended.add(_residual?.Apply(x, overlay) ?? x);
        var hidden = _up.Apply(Normalised(y, _ffnNorm, overlay), overlay).relu();
        return _down.Apply(hidden, overlay).add(y).MoveToOuterDisposeScope();
    }

    private Tensor Attend(Tensor h, int rows, int width, Tensor? mask, ModelOverlay overlay)
    {
        var head = _shape.In / _shape.Heads;
        var parts = _qkv.ApplyAll(h, overlay).Select(p => p.reshape(rows, width, _shape.Heads, head).transpose(1, 2)).ToArray();
        var scores = parts[0].mul(1 / Math.Sqrt(head)).matmul(parts[1].transpose(2, 3)); // [rows, heads, width, width]
        var weights = (mask is null ? scores : scores.add(mask)).softmax(-1);
        return weights.matmul(parts[2]).transpose(1, 2).reshape((long)rows * width, _shape.In);
    }

    private static Tensor Normalised(Tensor x, (NormLayer Layer, Tensor Weight, Tensor Bias) norm, ModelOverlay overlay) =>
        overlay.Apply(
            norm.Layer.Name,
            nn.functional.layer_norm(x, [x.shape[1]], weight: norm.Weight, bias: norm.Bias, eps: norm.Layer.Epsilon),
            x
        );

    private static (NormLayer, Tensor, Tensor) Norm(FrozenTensors weights, NormLayer layer) =>
        (layer, weights.Take($"{layer.Name}.weight", layer.Width), weights.Take($"{layer.Name}.bias", layer.Width));
}
