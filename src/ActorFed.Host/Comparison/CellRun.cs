using System.Text;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Runs;
using ActorFed.Host.Results;
using ActorFed.Host.Runs;
using ActorFed.Host.Settings;
using ActorFed.Host.Simulation;
using ActorFed.Host.Terminal;

namespace ActorFed.Host.Comparison;

/// <summary>Runs one cell after the other on parts that all of them share.</summary>
/// <remarks>A cell in work is a run folder in running/: a comparison that was killed goes on in the middle of its cell.</remarks>
/// <param name="folder">The comparison's folder.</param>
/// <param name="parts">Data, model, embeddings.</param>
/// <param name="threads">All workers.</param>
/// <param name="plan">The comparison.</param>
/// <param name="world">The process's world.</param>
/// <param name="disk">Where files go.</param>
/// <param name="wrap">Stands before the device, where a test causes its faults.</param>
internal sealed class CellRun(
    string folder,
    SharedParts parts,
    WorkerThreads threads,
    ComparisonPlan plan,
    World world,
    IDisk disk,
    Func<IDevice, IDevice> wrap
)
{
    /// <summary>Runs it.</summary>
    /// <returns>Its record, one that says why it failed included; null when it was interrupted.</returns>
    public async Task<CellRecord?> RunAsync(Cell cell, IRunDisplay display)
    {
        var work = new RunFolder(Path.Combine(folder, "running", cell.Id));
        try
        {
            using var run = Preparation.Make(cell.Settings, parts, world.Interrupts.Stop, withTest: cell.Kind == CellKind.Test);
            return await RunAsync(cell, run, work, display);
        }
        catch (RunFailedException e) when (e.InnerException is null)
        {
            // It failed for a reason of its own, and would again: the other cells do not depend on it.
            return Record(cell, e.Why, null, null);
        }
    }

    /// <summary>Removes what a finished cell worked with.</summary>
    public void Forget(Cell cell)
    {
        var work = Path.Combine(folder, "running", cell.Id);
        if (Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private async Task<CellRecord?> RunAsync(Cell cell, Preparation run, RunFolder work, IRunDisplay display)
    {
        // Before the rounds: what cannot be compared with is said before hours of work. The search never sees a client's own held-out part.
        var localOnly = cell.Kind == CellKind.Test ? LocalOnlyRun.Read(cell.Settings.LocalOnly, world.Folder, run) : null;
        Discard(work, run);
        Directory.CreateDirectory(work.Path);
        using var journal = new SqliteJournal(work, disk, world.Time, cell.Settings.Keep);
        var header = Resumption.Header(work, journal, run);
        disk.Write(work.Settings, Encoding.UTF8.GetBytes(cell.Settings.ToText()));
        var device = new TorchDevice(cell.Settings.Device.Name, run, threads);
        var spec = RunSetup.Spec(run, header, testAtEnd: cell.Kind == CellKind.Test);
        var ports = RunSetup.Ports(work, disk, journal, wrap(device));
        var outcome = await ActorStage.RunAsync(spec, ports, plan.Config, display, world.Interrupts);
        if (!outcome.Completed)
        {
            return null;
        }

        var record = Judge(cell, run, journal, outcome, device);
        return localOnly is null
            ? record
            : record with
            {
                Result = PersonalJudgement.Add(record.Result!, run, outcome, RunSetup.Personal(work, disk), localOnly),
            };
    }

    // What another version left, or a folder that was cut off while it was made, cannot be gone on with.
    private void Discard(RunFolder work, Preparation run)
    {
        try
        {
            if (Directory.Exists(work.Path))
            {
                using var journal = new SqliteJournal(work, disk, world.Time, 1);
                _ = Resumption.Header(work, journal, run);
            }
        }
        catch (Exception e) when (e is UserException or DiskException or InvalidDataException)
        {
            Directory.Delete(work.Path, recursive: true);
        }
    }

    private CellRecord Judge(Cell cell, Preparation run, SqliteJournal journal, RunOutcome outcome, TorchDevice device)
    {
        var since = world.Time.GetTimestamp();
        var models = outcome.Commits.TakeLast(cell.Settings.LastRounds).Select(c => journal.Load(c).Global).ToList();
        var abort = world.Interrupts.Abort;
        if (cell.Kind == CellKind.Search)
        {
            var validation = Judgement.Mean(
                run.Validation!,
                outcome.Commits[^1].Summary.Evaluation!,
                models,
                run.Settings,
                abort
            );
            return Record(cell, null, validation, Result(final: null, perClient: null));
        }

        var predicted = device.LastTest ?? run.Test.Predict(outcome.State.Global, run.Settings.Workers, abort);
        if (plan.Request.Predictions)
        {
            PredictionFile.Write(folder, disk, cell, run.Corpus, predicted);
        }

        var perClient = Judgement.PerClient(run, predicted);
        var final = Judgement.Of(run, outcome.End!.Test!, models, predicted, perClient, abort);
        return Record(cell, null, null, Result(final, perClient));

        RunResult Result(FinalResult? final, IReadOnlyList<double>? perClient) =>
            ResultAssembly.Of(
                run,
                cell.Id,
                outcome.Commits,
                journal.WallSeconds,
                world.Time.GetElapsedTime(since).TotalSeconds,
                final,
                perClient
            ) with
            {
                Completed = true,
            };
    }

    private static CellRecord Record(Cell cell, string? failed, LastRoundsResult? validation, RunResult? result) =>
        new(
            cell.Id,
            cell.KindWord,
            cell.Title,
            failed,
            validation,
            result is null ? null : result with { Settings = Deciding(result) }
        );

    // A cell is passed on to others: where this machine has its data, and with how many workers it ran, is none of their business.
    private static Dictionary<string, string> Deciding(RunResult result) =>
        result.Settings.Where(s => SettingCatalog.Decides(s.Key)).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);
}
