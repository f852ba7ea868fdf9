using System.Collections.Concurrent;
using System.Collections.Immutable;
using ActorFed.Actors.Devices;
using ActorFed.Training.Chance;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Tests.Kit;

/// <summary>A device whose training is a pure function of its work; faults are put in by the test.</summary>
internal sealed class CountingDevice(string name = "cpu-0", int slots = 2) : IDevice
{
    /// <summary>Called before each training; may throw.</summary>
    public Action<LocalWork> Fault { get; init; } = _ => { };

    /// <summary>Changes a result.</summary>
    public Func<LocalWork, LocalResult, LocalResult> Twist { get; init; } = (_, result) => result;

    /// <summary>Examples in one forward pass, before a fault makes it fewer.</summary>
    public int MicroBatch { get; init; } = 8;

    /// <summary>Every training that was begun.</summary>
    public ConcurrentQueue<LocalWork> Trained { get; } = [];

    public string Name => name;
    public int Slots => slots;

    public static long ExamplesOf(ClientId client) => 10 + (client.Value[^1] - '0');

    public JobSize Measure(LocalWork work) => new(Steps: 10, Examples: 100, MicroBatch);

    public Task<LocalResult> TrainAsync(LocalWork work, CancellationToken cancel) => Task.Run(() => Train(work), cancel);

    public Task<Evaluation> EvaluateAsync(TensorSet global, CorpusPart part, CancellationToken cancel) =>
        Task.FromResult(new Evaluation(part == CorpusPart.Test ? 100 : 10, global["w"].Floats[0], 0, 0, 1));

    private LocalResult Train(LocalWork work)
    {
        Trained.Enqueue(work);
        Fault(work);
        var chance = SeededRandom.For(7, "train", work.Round.Number, work.Client.Value);
        var count = (work.Personal?["count"].Floats[0] ?? 0) + 1;
        var upload = TensorSet.Of(
            work.Start.Select(t =>
            {
                var values = t.Value.Floats.ToArray();
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] += (float)chance.NextDouble() + (count / 1000);
                }

                return KeyValuePair.Create(t.Key, TensorValue.Of(values, values.Length));
            })
        );
        var personal = TensorSet.Empty.With("count", TensorValue.Of([count], 1));
        var metrics = ImmutableSortedDictionary<string, double>.Empty.Add("micro", work.MicroBatch);
        return Twist(work, new(upload, ExamplesOf(work.Client), 10, 1.0 / work.Round.Number, personal, metrics));
    }
}
