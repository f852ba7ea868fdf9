using ActorFed.Actors.Journal;
using ActorFed.Actors.Rounds;

namespace ActorFed.Actors.Supervision;

/// <summary>Why a run fails when a child of the server does: none of them can be spared. A total function: testable as a table.</summary>
public static class RunSupervision
{
    /// <summary>The reason, for people; the fault itself goes along as the cause.</summary>
    /// <param name="child">Name of the actor that failed.</param>
    /// <param name="fault">What it threw.</param>
    public static string Explain(string child, Exception fault) =>
        fault switch
        {
            JournalException journal => journal.Message,
            ClientBugException bug => bug.Message,
            AggregationException aggregation => aggregation.Message,
            ArgumentNullException or NullReferenceException => $"{child} has a bug: {fault.Message}",
            _ => $"{child} failed: {fault?.Message}",
        };

    /// <summary>Why no attempt of a round counted.</summary>
    /// <param name="missed">The last one.</param>
    /// <param name="attempts">How many there were.</param>
    /// <param name="quorum">Updates that it needed.</param>
    /// <param name="words">What the last fault said; null for nothing.</param>
    public static string Explain(RoundSummary missed, int attempts, int quorum, string? words)
    {
        var reasons = missed.Refused.GroupBy(r => r.Why).OrderBy(g => g.Key).Select(g => $", {g.Count()} {g.Key}");
        return $"{missed.Round} had fewer updates than the quorum of {quorum} in {attempts} attempts; in the last one "
            + $"{missed.Contributors.Length} counted, {missed.Absent.Length} were absent, {missed.Late.Length} late{string.Concat(reasons)}."
            + (words is null ? "" : $" {words}");
    }
}
