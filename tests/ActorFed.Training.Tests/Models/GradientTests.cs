using ActorFed.Training.Encoding;
using ActorFed.Training.Lora;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;
using TorchSharp;

namespace ActorFed.Training.Tests.Models;

/// <summary>The real model code in float64 against central differences: LoRA on every map, through attention, layer norm, tanh, L2.</summary>
public sealed class GradientTests
{
    private static readonly TokenBatch Batch = new([3, 14, 15, 9, 0, 2, 6, 5, 0, 0], [4, 3], 5);
    private static readonly TokenBatch Even = new([3, 14, 15, 9], [2, 2], 2);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lora_on_every_map_has_the_gradient_of_finite_differences(bool ragged)
    {
        using var scope = torch.NewDisposeScope();
        using var model = TinyEncoder.Create(seed: 4, type: torch.ScalarType.Float64);
        var tensors = Factors(model).ToDictionary(t => t.Key, t => t.Value.ToTorch(type: torch.ScalarType.Float64));
        var leaves = tensors.Values.Select(t => t.requires_grad_(true)).ToArray();
        var gradients = torch.autograd.grad([Loss(model, tensors, ragged)], leaves);
        using var frozen = torch.no_grad();
        foreach (var (leaf, gradient) in leaves.Zip(gradients))
        {
            for (var i = 0; i < leaf.numel(); i += 7)
            {
                Assert.Equal(
                    Difference(model, tensors, leaf.view(-1), i, ragged),
                    gradient.contiguous().view(-1)[i].ToDouble(),
                    1e-7
                );
            }
        }
    }

    [Fact]
    public void A_frozen_weight_gets_no_gradient()
    {
        using var scope = torch.NewDisposeScope();
        using var model = TinyEncoder.Create(seed: 4);
        Assert.False(model.Embed(Even, ModelOverlay.None).requires_grad);
        var a = torch.zeros(2, 8);
        var b = torch.zeros(8, 2).requires_grad_(true);
        var overlay = new ModelOverlay([new("layers.0.attention.q", new LowRankDelta(a, b, 1))]);
        Assert.True(model.Embed(Even, overlay).requires_grad);
        Assert.False(a.requires_grad);
    }

    [Fact]
    public void A_merged_adapter_computes_what_its_factors_compute()
    {
        using var scope = torch.NewDisposeScope();
        using var model = TinyEncoder.Create(seed: 4);
        var factors = Factors(model);
        var pairs = LoraPair.Of(factors, 0.5);
        Assert.Equal(model.Maps.Length, pairs.Count);
        var merged = new ModelOverlay(
            pairs.Select(p => new KeyValuePair<string, IMapDelta>(p.Map, new DenseDelta(p.Merge().ToTorch())))
        );
        var apart = Overlay(model, factors.ToDictionary(t => t.Key, t => t.Value.ToTorch()));
        var difference = model.Embed(Batch, merged).sub(model.Embed(Batch, apart)).abs().max().ToDouble();
        Assert.InRange(difference, 0, 1e-6);
        Assert.True(model.Embed(Batch, merged).sub(model.Embed(Batch, ModelOverlay.None)).abs().max().ToDouble() > 1e-3);
    }

    [Fact]
    public void Several_pairs_on_one_map_add_up()
    {
        using var scope = torch.NewDisposeScope();
        var (a, b, x, y) = (torch.ones(2, 3), torch.ones(4, 2), torch.ones(5, 3), torch.zeros(5, 4));
        var one = new LowRankDelta(a, b, 0.5);
        Assert.Equal(3, one.AddTo(y, x)[0, 0].ToSingle());
        Assert.Equal(6, new SumDelta(one, one).AddTo(y, x)[4, 3].ToSingle());
    }

    private static TensorSet Factors(SentenceEncoder model) =>
        TensorSet.Of(
            model.Maps.SelectMany(m =>
                new[]
                {
                    new KeyValuePair<string, TensorValue>(LoraNames.A(m.Name), Wave(2, m.In)),
                    new(LoraNames.B(m.Name), Wave(m.Out, 2)),
                }
            )
        );

    private static TensorValue Wave(int rows, int columns) =>
        TensorValue.Of([.. Enumerable.Range(0, rows * columns).Select(i => 0.4f * MathF.Sin((2.1f * i) + rows))], rows, columns);

    private static ModelOverlay Overlay(SentenceEncoder model, IReadOnlyDictionary<string, torch.Tensor> tensors) =>
        new(
            model.Maps.Select(m => new KeyValuePair<string, IMapDelta>(
                m.Name,
                new LowRankDelta(tensors[LoraNames.A(m.Name)], tensors[LoraNames.B(m.Name)], 0.5)
            ))
        );

    private static torch.Tensor Loss(SentenceEncoder model, IReadOnlyDictionary<string, torch.Tensor> tensors, bool ragged)
    {
        var embedding = model.Embed(ragged ? Batch : Even, Overlay(model, tensors));
        var weights = torch.arange(embedding.numel(), dtype: torch.ScalarType.Float64).add(1).sin().view(embedding.shape);
        return embedding.mul(weights).sum();
    }

    private static double Difference(
        SentenceEncoder model,
        IReadOnlyDictionary<string, torch.Tensor> tensors,
        torch.Tensor flat,
        int i,
        bool ragged
    )
    {
        const double Step = 1e-5;
        var place = flat.narrow(0, i, 1);
        place.add_(Step);
        var above = Loss(model, tensors, ragged).ToDouble();
        place.sub_(2 * Step);
        var below = Loss(model, tensors, ragged).ToDouble();
        place.add_(Step);
        return (above - below) / (2 * Step);
    }
}
