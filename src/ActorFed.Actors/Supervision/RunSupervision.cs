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
}
