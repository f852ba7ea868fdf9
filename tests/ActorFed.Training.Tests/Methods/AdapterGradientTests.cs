using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;
using TorchSharp;

namespace ActorFed.Training.Tests.Methods;

/// <summary>What each method trains, in float64 against central differences, through the whole model.</summary>
public sealed class AdapterGradientTests
{
    private static readonly TokenBatch Batch = new([3, 14, 15, 9, 0, 2, 6, 5, 0, 0], [4, 3], 5);

    private const double Step = 1e-6; // small beside the distance to the next kink of a ReLU

    [Theory]
    [InlineData("ffa-lora", "lora.targets=**")]
    [InlineData("rolora", "lora.targets=**")]
    [InlineData("local-only", "lora.targets=**")]
    [InlineData("full", "full.scope=encoder")]
    [InlineData("full", "full.scope=targets")]
    [InlineData("fed-sb", "fed-sb.source=seed")]
    [InlineData("fed-sb", "fed-sb.source=gradient")] // its first round: a dense matrix
    [InlineData("ravan", "ravan.scales=trained")]
    [InlineData("ravan", "ravan.scales=fixed")]
    [InlineData("ravan", "lora.targets=**")]
    public void It_has_the_gradient_of_finite_differences(string name, string setting)
    {
        using var scope = torch.NewDisposeScope();
        using var model = TinyEncoder.Create(seed: 4, type: torch.ScalarType.Float64);
        var method = Dense.Method(name, (setting.Split('=')[0], setting.Split('=')[1]), ("fed-sb.rank", "3"));
        var state = method.Initialise();
        var given = method.Assign(state, Toys.Profile(ClientId.Of(0)), new(1));
        var start = method.Personalise(new(ClientId.Of(0), new(1), 0, given.Download, given.Plan, null), NoProbe.Instance);
        var names = start.Trained.Where(n => !n.StartsWith("head.", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(names);
        var random = start
            .Tensors.With(Dense.Random(start.Tensors.Where(n => !n.Contains("ravan_A") && !n.Contains("_B")), 2, 0.3))
            .With(Dense.Random(start.Tensors.Where(names.Contains), 3, 0.3));
        var tensors = random.ToDictionary(t => t.Key, t => t.Value.ToTorch(type: torch.ScalarType.Float64));
        var leaves = names.Select(n => tensors[n].requires_grad_(true)).ToArray();
        var gradients = torch.autograd.grad([Loss()], leaves);
        using var frozen = torch.no_grad();
        foreach (var (leaf, gradient) in leaves.Zip(gradients))
        {
            for (var i = 0; i < leaf.numel(); i += 7)
            {
                var place = leaf.view(-1).narrow(0, i, 1);
                place.add_(Step);
                var above = Loss().ToDouble();
                place.sub_(2 * Step);
                var below = Loss().ToDouble();
                place.add_(Step);
                var own = gradient.contiguous().view(-1)[i].ToDouble();
                Assert.Equal((above - below) / (2 * Step), own, 1e-7 * Math.Max(1, Math.Abs(own)));
            }
        }

        torch.Tensor Loss()
        {
            var embedding = model.Embed(Batch, method.Adapt(tensors, given.Plan));
            var weights = torch.arange(embedding.numel(), dtype: torch.ScalarType.Float64).add(1).sin().view(embedding.shape);
            return embedding.mul(weights).sum();
        }
    }

    [Theory]
    [InlineData("ffa-lora")]
    [InlineData("fed-sb")]
    [InlineData("ravan")]
    [InlineData("rolora")]
    [InlineData("full")]
    public void What_is_exported_computes_what_the_method_computes(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var model = TinyEncoder.Create(seed: 4);
        var method = Dense.Method(name, ("fed-sb.source", "seed"), ("full.scope", "targets"));
        var global = Dense
            .Random(method.Initialise().Global.Where(n => !n.EndsWith("full_bias", StringComparison.Ordinal)), 2, 0.3)
            .With(method.Initialise().Global.Where(n => n.EndsWith("full_bias", StringComparison.Ordinal)));
        var own = method.Adapt(method.Expand(global).ToDictionary(t => t.Key, t => t.Value.ToTorch()), LocalPlan.Empty);
        var exported = new ModelOverlay(
            method
                .Export(global)
                .Select(p => new KeyValuePair<string, IMapDelta>(p.Map, new Training.Lora.DenseDelta(p.Merge().ToTorch())))
        );
        var difference = model.Embed(Batch, own).sub(model.Embed(Batch, exported)).abs().max().ToDouble();
        Assert.InRange(difference, 0, 1e-5);
        Assert.True(model.Embed(Batch, own).sub(model.Embed(Batch, ModelOverlay.None)).abs().max().ToDouble() > 1e-2);
    }
}
