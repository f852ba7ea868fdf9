using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Tests.Kit;

/// <summary>A small real method: the example-weighted mean, summed in client order. Its sums depend on the order, so a wrong order shows.</summary>
internal sealed class CountingMethod : IFederatedMethod
{
    public const int Width = 8;

    public string Name => "counting";

    public ServerState Initialise() =>
        new(
            TensorSet.Empty.With("w", TensorValue.Of(new float[Width], Width)).With("head.b", TensorValue.Of([0f], 1)),
            TensorSet.Empty.With("meta.rounds", TensorValue.Of([0f], 1))
        );

    public Assignment Assign(ServerState state, ClientProfile client, RoundId round) =>
        new(state.Global, LocalPlan.Empty with { Trained = [.. state.Global.Keys] }, state.Global.PayloadBytes);

    public ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        if (contributions.Count == 0 || contributions.DistinctBy(c => c.Client).Count() != contributions.Count)
        {
            throw new ArgumentException("None, or one client twice.", nameof(contributions));
        }

        var ordered = contributions.OrderBy(c => c.Client).ToList();
        var rounds = state.Memory["meta.rounds"].Floats[0] + 1;
        return new(
            TensorSet.Of(state.Global.Keys.Select(name => KeyValuePair.Create(name, Mean(name, ordered)))),
            TensorSet.Empty.With("meta.rounds", TensorValue.Of([rounds], 1))
        );
    }

    private static TensorValue Mean(string name, List<Contribution> ordered)
    {
        var total = (float)ordered.Sum(c => c.Examples);
        var mean = new float[ordered[0].Upload[name].Count];
        foreach (var (_, upload, examples) in ordered)
        {
            var values = upload[name].Floats;
            for (var i = 0; i < mean.Length; i++)
            {
                mean[i] += values[i] * (examples / total);
            }
        }

        return TensorValue.Of(mean, mean.Length);
    }
}

/// <summary>Asks everybody in its first round and is done after its second.</summary>
internal sealed class EverybodyThenDone : IFederatedMethod
{
    private readonly CountingMethod _counting = new();

    public string Name => "everybody";

    public int? LastRound => 2;

    public bool InvitesEverybody(RoundId round) => round.Number == 1;

    public ServerState Initialise() => _counting.Initialise();

    public Assignment Assign(ServerState state, ClientProfile client, RoundId round) => _counting.Assign(state, client, round);

    public ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions) =>
        _counting.Aggregate(state, round, contributions);
}
