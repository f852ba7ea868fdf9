using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Backward against central differences in float64.</summary>
public sealed class GradientTests
{
    private static readonly Dictionary<string, Func<Tensor[], Tensor>> Functions = new()
    {
        ["layer norm"] = x => (nn.functional.layer_norm(x[0], [4], x[1][0], x[1][1]) * x[2]).sum(),
        ["attention"] = x => (ActorFed.Kernel.Torch.TorchRuntime.Attention(x[0], x[1], x[2], causal: true) * x[2]).sum(),
        ["attention of small operations"] = x =>
            ((x[0].matmul(x[1].transpose(-2, -1)) * 0.5).softmax(-1).matmul(x[2]) * x[0]).sum(),
        ["lora"] = x => nn.functional.linear(nn.functional.linear(x[0], x[1]), x[2].t().slice(0, 0, 4, 1)).tanh().sum(),
        ["gelu and cross entropy"] = x =>
            nn.functional.cross_entropy(nn.functional.gelu(x[0]) + x[1], arange(4)) + x[2].pow(2).mean(),
        ["qr"] = x => (linalg.qr(x[0]).Item1 * x[1]).sum() + (x[2] * 2).sum(),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_gradient_agrees_with_finite_differences(string name)
    {
        using var scope = NewDisposeScope();
        using var g = new Generator(21);
        var x = Enumerable.Range(0, 3).Select(_ => randn(4, 4, float64, requires_grad: true, generator: g)).ToArray();
        var gradients = autograd.grad([Functions[name](x)], x);
        for (var t = 0; t < x.Length; t++)
        {
            for (var i = 0; i < 16; i++)
            {
                var expected = Difference(Functions[name], x, t, i);
                Assert.Equal(expected, gradients[t].contiguous().data<double>()[i], 1e-6 * (1 + Math.Abs(expected)));
            }
        }
    }

    private static double Difference(Func<Tensor[], Tensor> f, Tensor[] x, int which, long at)
    {
        const double Step = 1e-5;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        double At(double by)
        {
            var moved = x.Select(t => t.clone()).ToArray();
            moved[which].view(-1)[at].add_(by);
            return f(moved).ToDouble();
        }
        return (At(Step) - At(-Step)) / (2 * Step);
    }

    [Fact]
    public void An_input_that_is_not_used_is_refused_unless_allowed()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (ones(2, requires_grad: true), ones(2, requires_grad: true));
        Assert.Throws<ActorFed.Kernel.Torch.TorchException>(() => autograd.grad([x.sum()], [x, y]));
        Assert.Equal([1f, 1f], autograd.grad([x.sum()], [x])[0].data<float>().ToArray());
    }

    [Fact]
    public void Grad_mode_belongs_to_its_thread()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Assert.False(is_grad_enabled());
        var elsewhere = false;
        var thread = new Thread(() => elsewhere = is_grad_enabled());
        thread.Start();
        thread.Join();
        Assert.True(elsewhere);
        using (enable_grad())
        {
            Assert.True((ones(1, requires_grad: true) * 2).requires_grad);
        }
        Assert.False((ones(1, requires_grad: true) * 2).requires_grad);
    }
}
