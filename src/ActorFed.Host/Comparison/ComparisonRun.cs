using System.Collections.Immutable;
using ActorFed.Actors.Devices;
using ActorFed.Host.Reports;
using ActorFed.Host.Results;
using ActorFed.Host.Runs;
using ActorFed.Host.Settings;
using ActorFed.Host.Simulation;
using ActorFed.Host.Terminal;
using ActorFed.Training.Data;
using TorchSharp;

namespace ActorFed.Host.Comparison;

/// <summary>One comparison: searches for every row, then the cells of the table, seed by seed, then its files.</summary>
internal sealed class ComparisonRun
{
    private static readonly ImmutableSortedDictionary<string, string> NoValues = ImmutableSortedDictionary.Create<string, string>(
        StringComparer.Ordinal
    );

    private readonly ComparisonPlan _plan;
    private readonly SharedParts _parts;
    private readonly World _world;
    private readonly IDisk _disk;
    private readonly CompareConsole _console;
    private readonly CellStore _store;
    private readonly CellRun _runner;
    private readonly string _folder;
    private readonly Dictionary<string, CellRecord> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Condition, string Row), ImmutableSortedDictionary<string, string>> _found = [];
    private readonly Costs _costs;
    private int _done;

    private ComparisonRun(
        ComparisonPlan plan,
        SharedParts parts,
        World world,
        IDisk disk,
        CompareConsole console,
        WorkerThreads threads,
        Func<IDevice, IDevice> wrap
    )
    {
        (_plan, _parts, _world, _disk, _console) = (plan, parts, world, disk, console);
        _folder = Path.GetFullPath(plan.Request.Out, world.Folder);
        _store = new(_folder, disk, console.Note);
        _runner = new(_folder, parts, threads, plan, world, disk, wrap);
        _costs = Costs.Measure(plan, parts, world.Time);
    }

    /// <summary>Does it.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="world">The process's world.</param>
    /// <param name="disk">Where files go; null for the real disk.</param>
    /// <param name="device">Stands before the device, where a test causes its faults; null for nothing.</param>
    /// <param name="corpus">Reads the data set; null for the one that the settings name.</param>
    public static async Task<ExitCode> ExecuteAsync(
        CompareRequest request,
        World world,
        IDisk? disk = null,
        Func<IDevice, IDevice>? device = null,
        Func<RunSettings, Corpus>? corpus = null
    )
    {
        var console = new CompareConsole(world);
        var asked = request.IsGate ? Gate.Request(request) : request;
        using var parts = new SharedParts(world.Npm, world.Folder, console.Step, corpus);
        var plan = ComparisonPlan.Make(asked, parts);
        var folder = Path.GetFullPath(request.Out, world.Folder);
        using var only = request.PlanOnly ? null : FolderLock.Take(folder, $"--out {request.Out}");
        // Workers are the parallelism: threads inside an operation would only fight them.
        torch.set_num_threads(1);
        using var threads = new WorkerThreads(plan.Common.Workers, "train");
        var run = new ComparisonRun(plan, parts, world, disk ?? new AtomicDisk(), console, threads, device ?? (d => d));
        return await run.ExecuteAsync();
    }

    private IEnumerable<(Condition Condition, Row Row)> Lines => _plan.Conditions.SelectMany(c => _plan.Rows.Select(r => (c, r)));

    private bool IsStopped => _world.Interrupts.Stop.IsCancellationRequested;

    private async Task<ExitCode> ExecuteAsync()
    {
        ReadFinished();
        ShowPlan();
        WritePlans();
        if (_plan.Request.PlanOnly)
        {
            return ExitCode.Done;
        }

        try
        {
            await SearchAsync();
            await TestAsync();
        }
        catch (OperationCanceledException) when (IsStopped)
        {
            // Between two steps of a cell: what is finished is kept, and the files say how far it came.
        }

        return Finish();
    }

    // All that is known before the start: search cells, and test cells of rows whose search is done.
    private void ReadFinished()
    {
        foreach (var (condition, row) in Lines)
        {
            foreach (var cell in _plan.SearchCells(condition, row))
            {
                Read(cell);
            }

            Find(condition, row);
        }
    }

    private void Read(Cell cell)
    {
        if (!_records.ContainsKey(cell.Id) && _store.Find(cell.Id) is { } record && IsEnough(cell, record))
        {
            _records[cell.Id] = record;
        }
    }

    private bool IsEnough(Cell cell, CellRecord record) =>
        record.Failed is not null
            ? !_plan.Request.Retry
            : !_plan.Request.Predictions || cell.Kind == CellKind.Search || _disk.Exists(PredictionFile.PathOf(_folder, cell.Id));

    private void ShowPlan()
    {
        var cells = Planned().ToList();
        foreach (var (cell, i) in cells.Select((c, i) => (c, i)))
        {
            var state = _records.TryGetValue(cell.Id, out var record)
                ? record.Failed is null
                    ? "done"
                    : "failed before"
                : $"about {Say.Time(TimeSpan.FromSeconds(Estimate(cell)))}";
            _console.Done($"cell {i + 1} of {cells.Count}: {cell.Title}: {state}");
        }

        var left = Left();
        _console.Done($"{cells.Count} cells, {cells.Count(c => _records.ContainsKey(c.Id))} done; about {Say.Time(left)} left");
    }

    // Of the row with the most rounds: a closed form asks everybody, once.
    private void WritePlans()
    {
        var row = _plan.Rows.FirstOrDefault(r => !_plan.ReadsOf(r).IsClosedForm) ?? _plan.Rows[0];
        foreach (var (condition, seed) in _plan.Conditions.SelectMany(c => _plan.Seeds.Select(s => (c, s))))
        {
            var cell = _plan.TestCell(condition, row, seed, NoValues);
            using var run = Preparation.Make(cell.Settings, _parts, _world.Interrupts.Stop, withTest: true);
            new PlanFiles(_folder).Write(Path.Combine(_folder, "plans"), _disk, condition, run);
        }
    }

    private async Task SearchAsync()
    {
        foreach (var (condition, row) in Lines)
        {
            foreach (var cell in _plan.SearchCells(condition, row))
            {
                await EnsureAsync(cell);
            }

            if (!IsStopped)
            {
                Find(condition, row);
                SayFound(condition, row);
            }
        }
    }

    // Seed by seed: pairs are whole as early as can be.
    private async Task TestAsync()
    {
        foreach (var seed in _plan.Seeds)
        {
            foreach (var cell in Lines.SelectMany(l => TestCells(l.Condition, l.Row)).Where(c => c.Seed == seed))
            {
                await EnsureAsync(cell);
            }
        }
    }

    private async Task EnsureAsync(Cell cell)
    {
        if (IsStopped || _records.ContainsKey(cell.Id))
        {
            return;
        }

        var since = _world.Time.GetTimestamp();
        CellRecord? record;
        using (var display = _console.Cell($"{cell.Title}; about {Say.Time(Left())} left in all"))
        {
            record = await _runner.RunAsync(cell, display);
        }

        if (record is null)
        {
            return;
        }

        _store.Save(record);
        _runner.Forget(cell);
        _records[cell.Id] = record;
        _costs.Took(cell, Size(cell), _world.Time.GetElapsedTime(since).TotalSeconds);
        _done++;
        SayDone(cell, record, _world.Time.GetElapsedTime(since));
    }

    private void SayDone(Cell cell, CellRecord record, TimeSpan took)
    {
        var said =
            record.Failed is { } why ? $"failed: {why}"
            : record.Validation is { } v ? $"validation {Say.Percent(v.Value)}"
            : $"test {Say.Percent(record.Result!.Final!.Value)}, last rounds {Say.Percent(record.Result.Final.LastRounds?.Value ?? record.Result.Final.Value)}";
        _console.Done($"{cell.Title}: {said}; {Say.Time(took)}, about {Say.Time(Left())} left");
    }

    // A larger grid may find what a smaller one found: the cells of the table that are finished are known as soon as the values are.
    private void Find(Condition condition, Row row)
    {
        if (_found.ContainsKey((condition.Name, row.Name)) || Best(condition, row) is not { } best)
        {
            return;
        }

        _found[(condition.Name, row.Name)] = best;
        foreach (var cell in TestCells(condition, row))
        {
            Read(cell);
        }
    }

    private ImmutableSortedDictionary<string, string>? Best(Condition condition, Row row)
    {
        if (row.Axes.IsEmpty)
        {
            return NoValues;
        }

        var known = Known(_plan.SearchCells(condition, row));
        return known.All(c => c.Record is not null) ? Finds.Best(known) : null;
    }

    private void SayFound(Condition condition, Row row)
    {
        var name = $"{condition.Name} {row.Name}".Trim();
        if (!_found.TryGetValue((condition.Name, row.Name), out var found))
        {
            _console.Note($"{name}: every search cell failed, so there is nothing to put into the table.");
        }
        else if (found.Count > 0)
        {
            _console.Done($"{name}: found {Cell.Words(found)}");
        }
    }

    private IEnumerable<Cell> TestCells(Condition condition, Row row) =>
        _found.TryGetValue((condition.Name, row.Name), out var found)
            ? _plan.Seeds.Select(s => _plan.TestCell(condition, row, s, found))
            : [];

    // Before its search a row's test cells stand with the first values: they cost the same.
    private IEnumerable<Cell> Planned() =>
        Lines
            .SelectMany(l => _plan.SearchCells(l.Condition, l.Row))
            .Concat(
                _plan.Seeds.SelectMany(s =>
                    Lines.Select(l =>
                        _plan.TestCell(l.Condition, l.Row, s, _found.GetValueOrDefault((l.Condition.Name, l.Row.Name), NoValues))
                    )
                )
            );

    private List<(Cell Cell, CellRecord? Record)> Known(IEnumerable<Cell> cells) =>
        [.. cells.Select(c => (c, _records.GetValueOrDefault(c.Id)))];

    private TimeSpan Left() =>
        TimeSpan.FromSeconds(Planned().DistinctBy(c => c.Id).Where(c => !_records.ContainsKey(c.Id)).Sum(Estimate));

    private double Estimate(Cell cell) => _costs.Of(cell, Size(cell));

    private CellSize Size(Cell cell)
    {
        var corpus = _parts.Corpus(cell.Settings);
        return CellSize.Of(cell, _plan.ReadsOf(cell.Row), corpus.Train.Length, corpus.Validation.Length, corpus.Test.Length);
    }

    private ExitCode Finish()
    {
        var cells = Known(Planned());
        var completed = Lines.All(l =>
            _plan.SearchCells(l.Condition, l.Row).All(c => _records.ContainsKey(c.Id))
            && TestCells(l.Condition, l.Row).All(c => _records.ContainsKey(c.Id))
        );
        var files = new CompareFiles(_folder, _disk);
        if (_plan.Request.IsGate)
        {
            Show(Gate.Of(_plan, _found, cells, completed), files);
        }
        else
        {
            Show(new CompareAssembly(_plan, _found, cells).Make(completed), cells, files);
        }

        _console.Step(_folder);
        if (!completed)
        {
            _console.Note($"Interrupted. Go on with the same command: finished cells are kept in {_folder}.");
            return ExitCode.Interrupted;
        }

        return cells.Any(c => c.Record?.Failed is not null) ? ExitCode.RunFailed : ExitCode.Done;
    }

    private void Show(CompareResult result, List<(Cell Cell, CellRecord? Record)> cells, CompareFiles files)
    {
        files.Write(result, cells, ChartLibrary.Load(_world.Npm));
        _console.Tables(result.Tables.Select(t => TextTable.Of(result, t)), TextTable.Notes(result), !_plan.Request.Json);
        Print(result);
    }

    private void Show(GateResult result, CompareFiles files)
    {
        files.Write(result);
        _console.Tables([Gate.Table(result)], Gate.Notes(result), !_plan.Request.Json);
        Print(result);
    }

    private void Print<T>(T result)
    {
        if (_plan.Request.Json)
        {
            _world.Out.Write(ResultJson.Write(result));
        }
    }
}
