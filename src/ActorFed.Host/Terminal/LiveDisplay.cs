using ActorFed.Actors.Replication;
using ActorFed.Actors.Runs;
using ActorFed.Host.Results;
using ActorFed.Training.Federation;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ActorFed.Host.Terminal;

/// <summary>A table that grows while people watch: the last rounds, who trains now, and the time left.</summary>
/// <remarks>
/// One at a time, whoever calls: facts come from their own task, steps from training threads, notes from a signal's. Spectre's live table and
/// its console have a lock each, and take them in turns that differ: a line written beside a table that is being drawn would wait for ever.
/// </remarks>
public sealed class LiveDisplay : IRunDisplay
{
    private const int RowsShown = 15;
    private readonly IAnsiConsole _console;
    private readonly RunningRound _running;
    private readonly RoundRow _row;
    private readonly List<string[]> _rows = [];
    private readonly TaskCompletionSource _end = new();
    private readonly Lock _gate = new();
    private LiveDisplayContext? _live;
    private Task _drawing = Task.CompletedTask;

    /// <param name="console">The terminal.</param>
    /// <param name="time">Measures the rounds for the time left.</param>
    /// <param name="metric">Which figure of an evaluation is shown.</param>
    public LiveDisplay(IAnsiConsole console, TimeProvider time, Func<Evaluation, double> metric) =>
        (_console, _running, _row) = (console, new(time), new(metric));

    /// <inheritdoc />
    public void Step(string text)
    {
        lock (_gate)
        {
            _console.MarkupLine($"[dim]{Markup.Escape(text)}[/]");
        }
    }

    /// <inheritdoc />
    public void Note(string text)
    {
        lock (_gate)
        {
            _console.MarkupLine($"[yellow]{Markup.Escape(text)}[/]");
            _live?.Refresh();
        }
    }

    /// <inheritdoc />
    public void Plan(RunResult plan)
    {
        lock (_gate)
        {
            _console.MarkupLine($"[bold]{Markup.Escape(Headline.Run(plan))}[/]");
            _console.MarkupLine(Markup.Escape(Headline.Data(plan.Data)));
            _console.Write(PartitionTable.Make(plan));
        }
    }

    /// <inheritdoc />
    public void On(IRunEvent fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        lock (_gate)
        {
            _running.Take(fact);
            switch (fact)
            {
                case RunStarted:
                    Begin();
                    break;
                case RoundClosed c:
                    _rows.Add(_row.Cells(c.Summary));
                    break;
                case NodesChanged n:
                    Note(Headline.Here(n));
                    break;
                case var _ when Headline.Server(fact) is { } said:
                    Note(said);
                    break;
                case NodeDenied n:
                    Note(Headline.Denied(n));
                    break;
                case AttemptFailed a:
                    Note(Headline.Again(a));
                    break;
            }

            _live?.UpdateTarget(View());
        }
    }

    /// <inheritdoc />
    public void Finish(RunResult result, string folder)
    {
        lock (_gate)
        {
            Dispose();
            var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("", "");
            foreach (var (name, value) in FinalTable.Rows(result, folder))
            {
                table.AddRow($"[dim]{Markup.Escape(name)}[/]", Markup.Escape(value));
            }

            _console.Write(table);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _end.TrySetResult();
            _drawing.GetAwaiter().GetResult();
            _live = null;
        }
    }

    private void Begin()
    {
        var ready = new TaskCompletionSource();
        _drawing = _console
            .Live(View())
            .Overflow(VerticalOverflow.Crop)
            .StartAsync(context =>
            {
                _live = context;
                ready.SetResult();
                return _end.Task;
            });
        ready.Task.GetAwaiter().GetResult();
    }

    private Rows View()
    {
        var table = new Table().Border(TableBorder.Minimal).Expand();
        foreach (var head in RoundRow.Heads)
        {
            table.AddColumn(new TableColumn(head).RightAligned());
        }

        foreach (var row in _rows.TakeLast(RowsShown))
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        return new Rows(new IRenderable[] { table, new Markup($"[dim]{Markup.Escape(_running.ToString())}[/]") });
    }
}
