using ActorFed.Kernel.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class SliceTests
{
    [Fact]
    public void A_small_model_learns_and_leaves_no_handle_behind()
    {
        set_num_threads(1);
        var before = TorchRuntime.LiveHandles;
        using (var scope = NewDisposeScope())
        using (var model = nn.Sequential(nn.Linear(4, 8), nn.GELU(), nn.Linear(8, 2)))
        using (var adam = optim.AdamW(model.parameters(), lr: 0.05, weight_decay: 0.01))
        {
            using var chance = new Generator(7);
            var x = randn(32, 4, generator: chance);
            var y = x.sum(1).gt(0).to(int64);
            double first = 0,
                last = 0;
            for (var i = 0; i < 60; i++)
            {
                using var step = NewDisposeScope();
                adam.zero_grad();
                var loss = nn.functional.cross_entropy(model.call(x), y);
                loss.backward();
                nn.utils.clip_grad_norm_(model.parameters(), 1.0);
                adam.step();
                last = loss.ToDouble();
                first = i == 0 ? last : first;
            }
            Assert.True(last < first / 4, $"{first} -> {last}");
        }
        Assert.Equal(before, TorchRuntime.LiveHandles);
    }

    [Fact]
    public void A_refused_call_names_the_operation_and_the_shapes()
    {
        using var scope = NewDisposeScope();
        var e = Assert.Throws<TorchException>(() => zeros(2, 3).matmul(zeros(4, 5)));
        Assert.Contains("matmul(Float[2, 3], Float[4, 5])", e.Message);
    }
}
