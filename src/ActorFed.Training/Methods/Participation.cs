using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Training.Methods;

/// <summary>Who contributed when, kept in the server's memory: who still has what it was sent, and who must be sent it again.</summary>
/// <remarks>A client's personal state follows its counted trainings, so what it kept and what stands here agree, also after a resume.</remarks>
internal static class Participation
{
    private const string Prefix = "seen.";

    /// <summary>The memory after a round: its contributors were seen in it.</summary>
    public static TensorSet Mark(TensorSet memory, RoundId round, IEnumerable<Contribution> contributions) =>
        memory.With(
            TensorSet.Of(
                contributions.Select(c => new KeyValuePair<string, TensorValue>(
                    Prefix + c.Client.Value,
                    TensorValue.Wholes(round.Number)
                ))
            )
        );

    /// <summary>The round in which the client contributed last; 0 for none.</summary>
    public static int Last(TensorSet memory, ClientId client) =>
        memory.TryGetValue(Prefix + client.Value, out var round) ? MemoryMarshal.Read<int>(round.Bytes.Span) : 0;
}
