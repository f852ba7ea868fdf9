using ActorFed.Training.Trainers;
using TorchSharp;
using TorchSharp.Modules;
using AdamW = ActorFed.Training.Trainers.AdamW;

namespace ActorFed.Training.Tests.Trainers;

/// <summary>Our optimisers on values against torch's own on modules.</summary>
public sealed class OptimiserTests
{
    [Fact]
    public void AdamW_moves_as_torch_does() =>
        Compare(p => new AdamW(p, 0.05), p => torch.optim.AdamW(p, lr: 0.05, weight_decay: 0));

    [Fact]
    public void Sgd_with_momentum_moves_as_torch_does() =>
        Compare(p => new Sgd(p, 0.05, 0.9), p => torch.optim.SGD(p, 0.05, momentum: 0.9));

    [Fact]
    public void Plain_sgd_moves_as_torch_does() => Compare(p => new Sgd(p, 0.05, 0), p => torch.optim.SGD(p, 0.05));

    private static void Compare(Func<torch.Tensor, IOptimiser> ours, Func<IEnumerable<Parameter>, torch.optim.Optimizer> theirs)
    {
        using var scope = torch.NewDisposeScope();
        var start = torch.arange(8, dtype: torch.ScalarType.Float32).sin();
        var mine = start.clone();
        var optimiser = ours(mine);
        using var other = new Parameter(start.clone());
        using var reference = theirs([other]);
        for (var step = 0; step < 20; step++)
        {
            reference.zero_grad();
            other.mul(other).sum().backward();
            reference.step();
            optimiser.Step(mine.mul(2)); // the gradient of the sum of squares
        }

        Assert.InRange(mine.sub(other).abs().max().ToDouble(), 0, 1e-5);
        Assert.True(mine.sub(start).abs().max().ToDouble() > 0.1);
    }
}
