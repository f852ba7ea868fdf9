using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ActorFed.Actors.Clients;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Training.Aggregation;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Benchmarks.Rounds;

/// <summary>One tensor; its clients' uniform mean, as FedIT computes it.</summary>
internal sealed class MeanMethod(int numbers) : IFederatedMethod
{
    public string Name => "mean";

    public ServerState Initialise() => new(TensorSet.Empty.With("w", TensorValue.Zeros(numbers)), TensorSet.Empty);

    public Assignment Assign(ServerState state, ClientProfile client, RoundId round) =>
        new(state.Global, LocalPlan.Empty with { Trained = ["w"] }, numbers * sizeof(float));

    public ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions) =>
        state with
        {
            Global = WeightedMean.Of(contributions, [.. contributions.Select(_ => 1.0 / contributions.Count)]),
        };
}

/// <summary>Trains nothing: returns bytes that differ for every client and round.</summary>
internal sealed class NoOpDevice(int slots) : IDevice
{
    public string Name => "no-op";
    public int Slots => slots;

    public JobSize Measure(LocalWork work) => new(1, 1, 1);

    public Task<LocalResult> TrainAsync(LocalWork work, CancellationToken cancel) => Task.Run(() => Result(work), cancel);

    public Task<Evaluation> EvaluateAsync(TensorSet global, CorpusPart part, CancellationToken cancel) =>
        Task.FromResult(new Evaluation(1, 0, 0, 0, 0));

    /// <summary>The tensor that a client sends: the start plus a number of its own.</summary>
    public static TensorSet Upload(TensorSet start, int round, int client)
    {
        var own = (round * 0.001f) + (client * 0.01f);
        return Safetensors.Fill(
            [start["w"].At("w")],
            (_, bytes) => TensorPrimitives.Add(start["w"].Floats, own, MemoryMarshal.Cast<byte, float>(bytes))
        );
    }

    private static LocalResult Result(LocalWork work) =>
        new(
            Upload(
                work.Start,
                work.Round.Number,
                int.Parse(work.Client.Value.AsSpan(^5), System.Globalization.CultureInfo.InvariantCulture)
            ),
            1,
            1,
            0,
            null,
            ImmutableSortedDictionary<string, double>.Empty
        );
}

/// <summary>A client keeps nothing here.</summary>
internal sealed class NoPersonalStore : IPersonalStore
{
    public void Save(PersonalKey key, TensorSet state) { }

    public TensorSet? Load(PersonalKey key) => null;

    public void ForgetBefore(PersonalKey key) { }
}

/// <summary>Runs of no-op clients.</summary>
internal static class NoOpRuns
{
    public static RunSpec Spec(string run, int clients, int perRound, int rounds, int numbers) =>
        Spec(
            run,
            clients,
            perRound,
            rounds,
            new MeanMethod(numbers),
            Cohorts.Uniform(Enumerable.Range(0, clients).Select(ClientId.Of), 1)
        );

    public static RunSpec Spec(string run, int clients, int perRound, int rounds, IFederatedMethod method, CohortDraw cohorts)
    {
        ImmutableArray<ClientProfile> profiles =
        [
            .. Enumerable.Range(0, clients).Select(i => new ClientProfile(ClientId.Of(i), 1, 100, 1e8, 1e8, 1)),
        ];
        var options = new RoundOptions(
            perRound,
            0,
            perRound,
            TimeSpan.FromMinutes(10),
            TimeSpan.FromSeconds(5),
            1,
            0,
            TimeSpan.FromSeconds(5)
        );
        return new(new(new(run), "no-op", "0", "0", "0", 1), rounds, options, profiles, method, cohorts, TestAtEnd: false);
    }
}
