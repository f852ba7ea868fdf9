using ActorFed.Kernel.Torch;
using ActorFed.Training.Tests.Toy;

namespace ActorFed.Training.Tests.Methods;

/// <summary>Runs alone: the counter is the process's.</summary>
[CollectionDefinition(nameof(NativeMemoryTests), DisableParallelization = true)]
public sealed class AloneWithNativeMemory;

/// <summary>What training takes from the native heap it gives back.</summary>
[Collection(nameof(NativeMemoryTests))]
public sealed class NativeMemoryTests
{
    [Theory]
    [MemberData(nameof(EveryMethod.Names), MemberType = typeof(EveryMethod))]
    public void Live_handles_after_a_run_are_those_of_before(string method)
    {
        Cycle(method); // what is made once a process
        // What earlier tests left to the finalizers goes now, and not between the two counts.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = TorchRuntime.LiveHandles;
        Cycle(method);
        Assert.Equal(before, TorchRuntime.LiveHandles);

        static void Cycle(string method)
        {
            using var run = new ToyRun(method, Toys.Settings(("train.steps", "2")));
            run.Next();
            run.Evaluator.Evaluate(run.State.Global);
        }
    }
}
