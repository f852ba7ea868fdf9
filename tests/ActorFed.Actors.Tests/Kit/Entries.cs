using System.Collections.Immutable;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Rounds;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Tests.Kit;

/// <summary>Rounds as a journal has them, each with another model.</summary>
internal static class Entries
{
    public static (RoundCommit Commit, ServerState State) Round(int round)
    {
        var state = new ServerState(
            TensorSet.Of([new("w", TensorValue.Of([round, 0.1f], 2))]),
            TensorSet.Of([new("m", TensorValue.Of([-round], 1))])
        );
        var metrics = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal).Add("kept", 0.1 + 0.2);
        var summary = new RoundSummary(
            new(round),
            1,
            [new(new("ann"), BlobId.Of([7]), 33, 10, 1.0 / 3, TimeSpan.FromTicks(123_456_789), metrics, KeptState: true)],
            [new(new("bob"), Refusal.NotFinite)],
            [new("cyd"), new("dan")],
            [new("eve")],
            double.NaN,
            new(1, 2, 3, 4),
            new(5, 6, 7, 8),
            12.5,
            round == 1 ? null : new Evaluation(5, 0.2, 0.3, 0.4, 0.7)
        );
        return (RoundCommit.Of(summary, state), state);
    }
}
