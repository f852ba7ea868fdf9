using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;
using TorchSharp;

namespace ActorFed.Training.Tests.Methods.Layers;

/// <summary>FedProx: its value, its gradient, and what it does to a training.</summary>
public sealed class ProximalTermTests
{
    private const double Mu = 0.3;

    [Fact]
    public void Its_gradient_is_that_of_finite_differences_and_mu_times_the_distance()
    {
        using var run = new ToyRun("fedit", Toys.Settings(("client.prox", "0.3")));
        using var scope = torch.NewDisposeScope();
        var work = run.Work(ClientId.Of(0), new(1));
        var start = run.Method.Personalise(work, null!);
        var objective = run.Method.Objective(work, start);
        // Every trained tensor a little away from where it started, in float64.
        var moved = start.Tensors.ToDictionary(
            t => t.Key,
            t => t.Value.ToTorch(torch.CPU, torch.ScalarType.Float64).add(0.25).mul(1.5).requires_grad_(true)
        );
        var names = start.Trained.ToArray();
        var gradients = torch.autograd.grad([objective.Penalty(moved)!], [.. names.Select(n => moved[n])]);
        foreach (var (name, gradient) in names.Zip(gradients))
        {
            var first = Value(start.Tensors[name], 0);
            var expected = Mu * (((first + 0.25) * 1.5) - first);
            Assert.Equal(expected, gradient.flatten()[0].ToDouble(), 1e-9);
            Assert.Equal(Difference(objective, moved, name), gradient.flatten()[0].ToDouble(), 1e-6);
        }
    }

    [Fact]
    public void Mu_zero_changes_no_bit_and_a_large_mu_holds_the_client_near_the_global_model()
    {
        using var plain = new ToyRun("fedit", Toys.Settings());
        using var zero = new ToyRun("fedit", Toys.Settings(("client.prox", "0")));
        using var near = new ToyRun(
            "fedit",
            Toys.Settings(("client.prox", "100"), ("train.optimizer", "sgd"), ("train.rate", "0.001"))
        );
        using var free = new ToyRun("fedit", Toys.Settings(("train.optimizer", "sgd"), ("train.rate", "0.001")));
        foreach (var run in new[] { plain, zero, near, free })
        {
            run.Next();
        }

        Assert.Equal(plain.Hash, zero.Hash);
        Assert.True(Distance(near) < 0.9 * Distance(free), $"{Distance(near)} against {Distance(free)}");
    }

    [Theory]
    [InlineData("head-ridge", "client.prox", "0.1", "take no gradient step")]
    [InlineData("head-ridge", "server.optimizer", "fedadam", "send sums over examples")]
    [InlineData("head-ridge", "robust.rule", "median", "send sums over examples")]
    [InlineData("head-ridge", "robust.clip", "1", "send sums over examples")]
    public void What_a_method_cannot_bear_is_refused_with_the_reason(string method, string key, string value, string why)
    {
        var context = new MethodContext(1, EncoderShape.Tiny.Maps, 12, 3, Toys.Settings((key, value)));
        var message = Assert.Throws<ArgumentException>(() => MethodCatalog.Create(method, context)).Message;
        Assert.Contains($"{key} = {value} cannot be combined with {method}", message);
        Assert.Contains(why, message);
    }

    private static double Difference(ILocalObjective objective, Dictionary<string, torch.Tensor> moved, string name)
    {
        const double Step = 1e-4;
        var (up, down) = (new Dictionary<string, torch.Tensor>(moved), new Dictionary<string, torch.Tensor>(moved));
        var unit = torch.zeros(moved[name].numel(), dtype: torch.ScalarType.Float64);
        unit.narrow(0, 0, 1).fill_(Step);
        up[name] = moved[name].add(unit.view(moved[name].shape));
        down[name] = moved[name].sub(unit.view(moved[name].shape));
        return (objective.Penalty(up)!.ToDouble() - objective.Penalty(down)!.ToDouble()) / (2 * Step);
    }

    private static double Distance(ToyRun run)
    {
        var start = run.Method.Initialise().Global;
        return Math.Sqrt(
            start
                .Where(n => !n.StartsWith("head.", StringComparison.Ordinal))
                .Sum(t =>
                    t.Value.Floats.ToArray().Zip(run.State.Global[t.Key].Floats.ToArray(), (a, b) => Math.Pow(a - b, 2)).Sum()
                )
        );
    }

    private static double Value(TensorValue tensor, int i) => tensor.Floats[i];
}
