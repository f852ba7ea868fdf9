using ActorFed.Kernel.Torch;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class ScopeTests
{
    [Fact]
    public void A_scope_frees_what_was_made_in_it()
    {
        var before = Live.Handles();
        Tensor kept;
        using (var scope = NewDisposeScope())
        {
            kept = (zeros(3) + 1).DetachFromDisposeScope();
            Assert.True(TorchRuntime.LiveHandles > before + 1);
            Assert.False(scope.Contains(kept));
        }
        Assert.Equal(before + 1, TorchRuntime.LiveHandles);
        Assert.Equal([1f, 1f, 1f], kept.data<float>().ToArray());
        kept.Dispose();
        kept.Dispose();
        Assert.Equal(before, Live.Handles());
    }

    [Fact]
    public void A_tensor_moves_to_the_scope_around()
    {
        using var outer = NewDisposeScope();
        Tensor moved;
        using (var inner = NewDisposeScope())
        {
            moved = inner.MoveToOuter(zeros(1));
            Assert.Equal(0, inner.DisposablesCount);
        }
        Assert.False(moved.IsInvalid);
        Assert.True(outer.Contains(moved));
        outer.DisposeEverything();
        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void Everything_goes_but_what_is_kept()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (zeros(1), zeros(1));
        scope.DisposeEverythingBut(b);
        Assert.True(a.IsInvalid);
        Assert.False(b.IsInvalid);
    }

    [Fact]
    public void A_parameter_outlives_the_scope_and_its_data()
    {
        Modules.Parameter parameter;
        using (NewDisposeScope())
        {
            parameter = new Modules.Parameter(ones(2));
        }
        using (parameter)
        {
            Assert.Equal([1f, 1f], parameter.data<float>().ToArray());
        }
    }

    [Fact]
    public void A_scope_refuses_to_end_on_another_thread()
    {
        using var scope = NewDisposeScope();
        Exception? found = null;
        var thread = new Thread(() => found = Record.Exception(scope.Dispose)); // fault: an await moved the caller
        thread.Start();
        thread.Join();
        Assert.Contains("a scope belongs to its thread", Assert.IsType<InvalidOperationException>(found).Message);
    }

    [Fact]
    public void Statistics_count_this_threads_tensors()
    {
        DisposeScopeManager.Statistics.Reset();
        using (NewDisposeScope())
        {
            _ = zeros(1);
        }
        using (zeros(1)) { }
        var s = DisposeScopeManager.Statistics;
        Assert.Equal(
            (1, 1, 1, 1, 0),
            (
                s.CreatedInScopeCount,
                s.DisposedInScopeCount,
                s.CreatedOutsideScopeCount,
                s.DisposedOutsideScopeCount,
                s.ThreadTotalLiveCount
            )
        );
    }
}
