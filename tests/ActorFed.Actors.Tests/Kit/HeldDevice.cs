using System.Collections.Concurrent;
using ActorFed.Actors.Devices;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Tests.Kit;

/// <summary>A device whose work lasts until the test ends it, or nobody waits for it any more.</summary>
internal sealed class HeldDevice(string name = "cpu-0", int slots = 1) : IDevice
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);
    private readonly Lock _gate = new();
    private readonly BlockingCollection<TaskCompletionSource<LocalResult>> _begun = [];

    public string Name => name;
    public int Slots => slots;

    /// <summary>Whether something was begun that the test has not taken.</summary>
    public bool HasBegun => _begun.Count > 0;

    /// <summary>Jobs that run now, and the most that ever ran at a time.</summary>
    public (int Now, int Most) Running { get; private set; }

    /// <summary>The next that is begun; the test ends it.</summary>
    public TaskCompletionSource<LocalResult> Next() =>
        _begun.TryTake(out var begun, Hang) ? begun : throw new TimeoutException("No slot began anything.");

    public JobSize Measure(LocalWork work) => new(Steps: 10, Examples: 100, MicroBatch: 8);

    public async Task<LocalResult> TrainAsync(LocalWork work, CancellationToken cancel)
    {
        var end = new TaskCompletionSource<LocalResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onCancel = cancel.Register(() => end.TrySetCanceled(cancel));
        Count(+1);
        _begun.Add(end, CancellationToken.None);
        try
        {
            return await end.Task;
        }
        finally
        {
            Count(-1);
        }
    }

    public Task<Evaluation> EvaluateAsync(TensorSet global, CorpusPart part, CancellationToken cancel) =>
        Task.FromResult(new Evaluation(1, 0, 0, 0, 0));

    private void Count(int more)
    {
        lock (_gate)
        {
            var now = Running.Now + more;
            Running = (now, Math.Max(now, Running.Most));
        }
    }
}
