using System.Text;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Runs;
using ActorFed.Host.Reports;
using ActorFed.Host.Results;
using ActorFed.Host.Runs;
using ActorFed.Host.Settings;
using ActorFed.Host.Terminal;
using ActorFed.Training.Encoding;
using ActorFed.Training.Evaluation;
using ActorFed.Training.Partitioning;
using Akka.Configuration;
using TorchSharp;

namespace ActorFed.Host.Simulation;

/// <summary>One run from its settings to its folder, simulated or served.</summary>
internal sealed class SimulationRun : IDisposable
{
    private readonly SimulationRequest _request;
    private readonly World _world;
    private readonly IDisk _disk;
    private readonly Func<IDevice, IDevice> _wrap;
    private readonly Config _config;
    private readonly RunSettings _settings;
    private readonly IRunStage _stage;
    private readonly IRunDisplay _display;

    private SimulationRun(SimulationRequest request, World world, IDisk disk, Func<IDevice, IDevice> wrap, IRunStage stage)
    {
        (_request, _world, _disk, _wrap, _stage) = (request, world, disk, wrap, stage);
        var user = request.Settings.ToConfig();
        var below = (request.Resume ?? request.ContributorsFrom) is { } run
            ? SettingOverrides.FromFile(RunFolder.Open(run, world.Runs).Settings).WithFallback(SettingsLoader.Standard)
            : SettingsLoader.Below(user);
        _config = user.WithFallback(stage.Below(below));
        _settings = SettingsLoader.Load(_config, world.Folder);
        stage.Check(_settings, world);
        _display = Displays.Choose(
            world.Error,
            world.ErrorIsTerminal,
            world.Variable,
            world.Time,
            Judgement.Metric(_settings.Metric)
        );
    }

    /// <summary>Does it, and says how it ended.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="world">The process's world.</param>
    /// <param name="disk">Where files go; null for the real disk.</param>
    /// <param name="device">Stands before the device, where a test causes its faults; null for nothing.</param>
    /// <param name="stage">What it is held on; null for a simulation.</param>
    public static async Task<ExitCode> ExecuteAsync(
        SimulationRequest request,
        World world,
        IDisk? disk = null,
        Func<IDevice, IDevice>? device = null,
        IRunStage? stage = null
    )
    {
        if (request is { Resume: not null, Out: not null })
        {
            throw new UsageException("--resume and --out together: a resumed run stays in its folder.");
        }

        using var run = new SimulationRun(
            request,
            world,
            disk ?? new AtomicDisk(),
            device ?? (d => d),
            stage ?? new SimulatedStage()
        );
        return await run.ExecuteAsync();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stage.Dispose();
        _display.Dispose();
    }

    private async Task<ExitCode> ExecuteAsync()
    {
        // Workers are the parallelism: threads inside an operation would only fight them.
        torch.set_num_threads(1);
        using var run = Preparation.Make(_settings, _world.Npm, _world.Folder, _display.Step, _world.Interrupts.Stop);
        var folder = _request.Resume is { } name
            ? RunFolder.Open(name, _world.Runs)
            : RunFolder.New(_request.Out, _world.Runs, $"{_settings.Method}-{_settings.Dataset}-{_settings.Seed}");
        if (_request.PlanOnly)
        {
            PlanOnly(run, folder);
            return ExitCode.Done;
        }

        using var only = FolderLock.Take(folder.Path, _request.Resume is { } resumed ? $"--resume {resumed}" : folder.Path);
        using var journal = new SqliteJournal(folder, _disk, _world.Time, _settings.Keep);
        var header = _stage.HeaderOf(Resumption.Header(folder, journal, run));
        WritePlan(run, folder);
        _disk.Write(folder.Settings, Encoding.UTF8.GetBytes(_settings.ToText()));
        _display.Plan(ResultAssembly.Of(run, folder.Id, [], []));
        using var threads = new WorkerThreads(_settings.Workers, "train");
        var device = new TorchDevice(_settings.Device.Name, run, threads);
        var localOnly = LocalOnlyRun.Read(_settings.LocalOnly, _world.Folder, run);
        var outcome = await RoundsAsync(run, folder, journal, header, _wrap(device));
        var result = Judge(run, folder, journal, outcome, device.LastTest);
        if (_stage.HasPersonalStates || CountedState.After(outcome.Commits).IsEmpty)
        {
            result = PersonalJudgement.Add(result, run, outcome, RunSetup.Personal(folder, _disk), localOnly);
        }

        return Finish(run, folder, outcome, result);
    }

    private void PlanOnly(Preparation run, RunFolder folder)
    {
        if (_request.Resume is not null)
        {
            using var journal = new SqliteJournal(folder, _disk, _world.Time, _settings.Keep);
            _ = Resumption.Header(folder, journal, run); // the plan of a begun run is its own
        }

        var path = WritePlan(run, folder);
        _display.Plan(ResultAssembly.Of(run, folder.Id, [], []));
        _display.Step(path);
    }

    private string WritePlan(Preparation run, RunFolder folder)
    {
        var path = Path.Combine(folder.Path, "plan.json");
        _disk.Write(path, PlanWriter.Write(run.Plan(RunSetup.PlannedCohorts(run))));
        return path;
    }

    private async Task<RunOutcome> RoundsAsync(
        Preparation run,
        RunFolder folder,
        SqliteJournal journal,
        RunHeader header,
        IDevice device
    )
    {
        var ports = RunSetup.Ports(folder, _disk, journal, device);
        var spec = RunSetup.Spec(run, header);
        if (_request.ContributorsFrom is { } other)
        {
            spec = Repetition.Of(spec, RunFolder.Open(other, _world.Runs), _disk, _world.Time);
        }

        _stage.Open(folder, _display);
        return await ActorStage.RunAsync(spec, ports, _config, _display, _world.Interrupts, _stage);
    }

    private ExitCode Finish(Preparation run, RunFolder folder, RunOutcome outcome, RunResult result)
    {
        if (outcome.Commits.Length > 0)
        {
            WriteAdapter(run, folder, outcome.State.Global, result);
        }

        var json = ResultJson.Text(result);
        _disk.Write(folder.Result, Encoding.UTF8.GetBytes(json));
        if (_settings.Report)
        {
            _disk.Write(folder.Report, Encoding.UTF8.GetBytes(ReportPage.Render(result, ChartLibrary.Load(_world.Npm))));
        }

        _display.Finish(result, folder.Path);
        if (_request.Json)
        {
            _world.Out.Write(json);
        }

        if (outcome.Completed)
        {
            return ExitCode.Done;
        }

        _display.Note(
            $"Interrupted after round {outcome.Commits.Length}. Go on with: actorfed {_stage.Verb} --resume {folder.Path}"
        );
        return ExitCode.Interrupted;
    }

    private RunResult Judge(Preparation run, RunFolder folder, SqliteJournal journal, RunOutcome outcome, Predictions? tested)
    {
        var since = _world.Time.GetTimestamp();
        if (!outcome.Completed || outcome.End?.Test is not { } test)
        {
            return ResultAssembly.Of(run, folder.Id, outcome.Commits, journal.WallSeconds);
        }

        var models = outcome.Commits.TakeLast(_settings.LastRounds).Select(c => journal.Load(c).Global).ToList();
        var predicted = tested ?? run.Test.Predict(outcome.State.Global, _settings.Workers);
        var perClient = Judgement.PerClient(run, predicted);
        var final = Judgement.Of(run, test, models, predicted, perClient);
        return ResultAssembly.Of(
            run,
            folder.Id,
            outcome.Commits,
            journal.WallSeconds,
            _world.Time.GetElapsedTime(since).TotalSeconds,
            final,
            perClient
        );
    }

    private void WriteAdapter(Preparation run, RunFolder folder, TensorSet global, RunResult result)
    {
        var judged = result.Final is { } f
            ? $"{f.Metric} {Say.Percent(f.Value)} on {f.N} test documents"
            : "not judged: the run was interrupted";
        var card =
            $"Run {result.Run}: {result.Method} on {result.Dataset}, {result.Rounds.Count} rounds, seed {result.Seed}; {judged}.";
        AdapterFolder.Write(_disk, folder.Adapter, run, global, card);
    }
}
