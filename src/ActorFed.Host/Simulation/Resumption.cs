using ActorFed.Actors.Journal;
using ActorFed.Host.Runs;
using ActorFed.Host.Settings;
using Akka.Configuration;

namespace ActorFed.Host.Simulation;

/// <summary>Whether a run may go on: only with the settings, the data and the base model that it began with.</summary>
internal static class Resumption
{
    /// <summary>The header that the journal is to have: the one it has, or a new one.</summary>
    /// <exception cref="UserException">Something differs; every difference is named, old -> new.</exception>
    public static RunHeader Header(RunFolder folder, SqliteJournal journal, Preparation run)
    {
        var now = new RunHeader(
            new(folder.Id),
            run.Settings.ToText(),
            run.Settings.Hash,
            run.DataHash,
            run.Base.Model.Hash.Hex,
            run.Settings.Seed
        );
        if (journal.Header is not { } old)
        {
            return now;
        }

        var differences = Differences(old, now);
        return differences.Count == 0
            ? old
            : throw new UserException(
                ExitCode.BadSettings,
                $"{folder.Path} cannot go on: it was begun with other settings or data.{Lines(differences)}"
                    + $"{Environment.NewLine}Resume it as it was begun, or start a new run with --out."
            );
    }

    private static List<string> Differences(RunHeader old, RunHeader now)
    {
        var differences = SettingsDiff
            .Of(
                SettingTree.Flatten(ConfigurationFactory.ParseString(old.Settings)),
                SettingTree.Flatten(ConfigurationFactory.ParseString(now.Settings))
            )
            .ToList();
        // Other settings make other data: then the settings are what the user has to see.
        if (differences.Count == 0 && old.DataHash != now.DataHash)
        {
            differences.Add($"data: {old.DataHash} -> {now.DataHash}");
        }

        if (old.BaseModelHash != now.BaseModelHash)
        {
            differences.Add($"base model: {old.BaseModelHash} -> {now.BaseModelHash}");
        }

        return differences;
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(l => $"{Environment.NewLine}  {l}"));
}
