using ActorFed.Actors.Journal;
using ActorFed.Host.Runs;
using ActorFed.Host.Settings;

namespace ActorFed.Host.Simulation;

/// <summary>What the command line asks of <c>export</c>.</summary>
/// <param name="Settings">What it says about settings; over those of the run.</param>
/// <param name="Run">A run folder or the id of a run.</param>
/// <param name="Round">The commit; null for the last one.</param>
/// <param name="Folder">Where to; null for adapter-round-N in the run's folder.</param>
public sealed record ExportRequest(SettingOverrides Settings, string Run, int? Round, string? Folder);

/// <summary>Takes the model of a committed round out of a run: of one that was interrupted, too.</summary>
internal static class ExportRun
{
    /// <summary>Does it.</summary>
    public static ExitCode Execute(ExportRequest request, World world)
    {
        var folder = RunFolder.Open(request.Run, world.Runs);
        var settings = SettingsLoader.Load(
            request.Settings.ToConfig().WithFallback(SettingOverrides.FromFile(folder.Settings)),
            world.Folder
        );
        var disk = new AtomicDisk();
        using var journal = new SqliteJournal(folder, disk, world.Time, settings.Keep);
        var commit = Find(journal, settings, request.Round);
        var to = Path.GetFullPath(
            request.Folder is { } named
                ? Path.Combine(world.Folder, named)
                : Path.Combine(folder.Path, $"adapter-round-{commit.Round.Number}")
        );
        if (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any())
        {
            throw new UsageException($"--out {to}: there is something in it already; name another folder.");
        }

        using var run = Preparation.Make(settings, world.Npm, world.Folder, world.Error.WriteLine, world.Interrupts.Stop);
        var card =
            $"Run {folder.Id}: {settings.Method} on {run.Corpus.Name}, after round {commit.Round.Number}, seed {settings.Seed}; not judged.";
        AdapterFolder.Write(disk, to, run, journal.Load(commit).Global, card);
        world.Error.WriteLine($"round {commit.Round.Number}: {to}");
        return ExitCode.Done;
    }

    private static RoundCommit Find(SqliteJournal journal, RunSettings settings, int? round)
    {
        var last = journal.LastTo("export");
        var kept = journal.Commits.TakeLast(settings.Keep).ToList();
        return round is not { } wanted
            ? last
            : kept.Find(c => c.Round.Number == wanted)
                ?? throw new UsageException(
                    $"--round {wanted}: the run keeps the models of rounds {kept[0].Round.Number} to {last.Round.Number} (actorfed.output.keep = {settings.Keep})."
                );
    }
}
