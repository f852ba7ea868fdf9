using System.Collections.Immutable;
using ActorFed.Actors.Runs;
using ActorFed.Host.Runs;

namespace ActorFed.Host.Simulation;

/// <summary>A run that takes in each round whom another one took: chance and failures of machines are repeated, and the bits with them.</summary>
internal static class Repetition
{
    /// <param name="spec">The run; of the same settings.</param>
    /// <param name="other">The run that was held.</param>
    /// <param name="disk">Where its files are.</param>
    /// <param name="time">For the journal.</param>
    /// <exception cref="UserException">It has no rounds, or was made of other settings.</exception>
    public static RunSpec Of(RunSpec spec, RunFolder other, IDisk disk, TimeProvider time)
    {
        using var journal = new SqliteJournal(other, disk, time, keep: 1);
        var commits = journal.Commits;
        if (commits.Count == 0 || journal.Header?.SettingsHash != spec.Header.SettingsHash)
        {
            var why = commits.Count == 0 ? "no round of it is committed" : "it was begun with other settings";
            throw new UserException(ExitCode.BadSettings, $"--contributors-from {other.Path}: cannot be repeated: {why}.");
        }

        return spec with
        {
            Rounds = commits.Count,
            // Whoever took part was there.
            Clients = [.. spec.Clients.Select(c => c with { Availability = 1 })],
            Contributors = commits.ToImmutableDictionary(
                c => c.Round,
                c => c.Summary.Contributors.Select(k => k.Client).ToImmutableArray()
            ),
        };
    }
}
