using ActorFed.Actors.Runs;
using ActorFed.Host.Results;
using ActorFed.Host.Terminal;
using Spectre.Console;

namespace ActorFed.Host.Comparison;

/// <summary>A comparison for people: steps, cells and what is left on stderr, the tables at its end.</summary>
/// <param name="world">Where it speaks.</param>
internal sealed class CompareConsole(World world)
{
    private const int NoWrapping = 100_000;
    private readonly IAnsiConsole _error = Console(world, world.Error, world.ErrorIsTerminal);

    // A live cell and a line beside it take Spectre's two locks in different turns: one at a time, as in LiveDisplay.
    private readonly Lock _gate = new();

    /// <summary>A step before the first cell.</summary>
    public void Step(string text) => Write($"[dim]{Markup.Escape(text)}[/]");

    /// <summary>A sentence in between.</summary>
    public void Note(string text) => Write($"[yellow]{Markup.Escape(text)}[/]");

    /// <summary>Something that was done.</summary>
    public void Done(string text) => Write(Markup.Escape(text));

    /// <summary>Shows one cell while it runs.</summary>
    /// <param name="title">The cell and what is left after it.</param>
    public IRunDisplay Cell(string title) =>
        IsLive(world, world.ErrorIsTerminal) ? new LiveCell(_error, _gate, title, world.Time) : new PlainCell(this);

    /// <summary>The tables: on stdout, or on stderr where that belongs to JSON.</summary>
    public void Tables(IEnumerable<TextTable> tables, IEnumerable<string> notes, bool onOut)
    {
        var console = onOut ? Console(world, world.Out, world.OutIsTerminal) : _error;
        var (writer, live) = onOut
            ? (world.Out, IsLive(world, world.OutIsTerminal))
            : (world.Error, IsLive(world, world.ErrorIsTerminal));
        foreach (var table in tables)
        {
            if (live)
            {
                console.Write(Rendered(table));
            }
            else
            {
                writer.Write(Plain(table));
            }
        }

        foreach (var note in notes)
        {
            writer.WriteLine(note);
        }
    }

    private void Write(string markup)
    {
        lock (_gate)
        {
            _error.MarkupLine(markup);
        }
    }

    private static bool IsLive(World world, bool isTerminal) =>
        isTerminal && world.Variable("TERM") is not (null or "" or "dumb");

    private static IAnsiConsole Console(World world, TextWriter writer, bool isTerminal)
    {
        var live = IsLive(world, isTerminal);
        var console = AnsiConsole.Create(
            new()
            {
                Out = new AnsiConsoleOutput(writer),
                Ansi = live ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem =
                    world.Variable("NO_COLOR") is { Length: > 0 } || !live
                        ? ColorSystemSupport.NoColors
                        : ColorSystemSupport.Detect,
                Interactive = InteractionSupport.No,
            }
        );
        console.Profile.Width =
            !live ? NoWrapping
            : int.TryParse(world.Variable("COLUMNS"), out var columns) && columns > 0 ? columns
            : console.Profile.Width;
        return console;
    }

    private static Table Rendered(TextTable table)
    {
        var rendered = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(table.Title));
        foreach (var (head, i) in table.Heads.Select((h, i) => (h, i)))
        {
            var column = new TableColumn(Markup.Escape(head));
            rendered.AddColumn(i == 0 ? column : column.RightAligned());
        }

        foreach (var row in table.Rows)
        {
            rendered.AddRow([.. row.Select(Markup.Escape)]);
        }

        return rendered;
    }

    // Columns padded with blanks: readable in a log, and splittable by two blanks.
    private static string Plain(TextTable table)
    {
        var lines = table.Rows.Prepend(table.Heads).ToList();
        var widths = table.Heads.Select((_, i) => lines.Max(l => l[i].Length)).ToArray();
        var text = lines.Select(l =>
            string.Join("  ", l.Select((c, i) => i == 0 ? c.PadRight(widths[i]) : c.PadLeft(widths[i]))).TrimEnd()
        );
        return $"{table.Title}\n{string.Join('\n', text)}\n";
    }

    private sealed class PlainCell(CompareConsole console) : IRunDisplay
    {
        public void Step(string text) => console.Step(text);

        public void Plan(RunResult plan) { }

        public void On(IRunEvent fact)
        {
            if (fact is AttemptFailed again)
            {
                console.Note(Headline.Again(again));
            }
        }

        public void Note(string text) => console.Note(text);

        public void Finish(RunResult result, string folder) { }

        public void Dispose() { }
    }

    private sealed class LiveCell : IRunDisplay
    {
        private readonly IAnsiConsole _console;
        private readonly Lock _gate;
        private readonly string _title;
        private readonly RunningRound _running;
        private readonly TaskCompletionSource _end = new();
        private readonly Task _drawing;
        private LiveDisplayContext? _live;

        public LiveCell(IAnsiConsole console, Lock gate, string title, TimeProvider time)
        {
            (_console, _gate, _title, _running) = (console, gate, title, new(time));
            var ready = new TaskCompletionSource();
            _drawing = console
                .Live(View())
                .AutoClear(true)
                .StartAsync(context =>
                {
                    _live = context;
                    ready.SetResult();
                    return _end.Task;
                });
            ready.Task.GetAwaiter().GetResult();
        }

        public void Step(string text) => Note(text);

        public void Plan(RunResult plan) { }

        public void On(IRunEvent fact)
        {
            lock (_gate)
            {
                _running.Take(fact);
                if (fact is AttemptFailed again)
                {
                    Note(Headline.Again(again));
                }

                _live?.UpdateTarget(View());
            }
        }

        public void Note(string text)
        {
            lock (_gate)
            {
                _console.MarkupLine($"[yellow]{Markup.Escape(text)}[/]");
                _live?.Refresh();
            }
        }

        public void Finish(RunResult result, string folder) { }

        public void Dispose()
        {
            lock (_gate)
            {
                _end.TrySetResult();
                _drawing.GetAwaiter().GetResult();
            }
        }

        private Rows View() =>
            new(new Markup($"[bold]{Markup.Escape(_title)}[/]"), new Markup($"[dim]{Markup.Escape(_running.ToString())}[/]"));
    }
}
