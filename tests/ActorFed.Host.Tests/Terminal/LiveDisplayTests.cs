using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Host.Terminal;
using ActorFed.Training.Federation;
using Spectre.Console;
using Spectre.Console.Rendering;
using LiveDisplay = ActorFed.Host.Terminal.LiveDisplay;

namespace ActorFed.Host.Tests.Terminal;

public sealed class LiveDisplayTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2); // only a deadlock takes so long
    private static readonly RunId Run = new("r");

    [Fact]
    public void A_line_written_while_the_table_is_drawn_anew_does_not_stop_both()
    {
        var console = Console(out var hook);
        var display = new LiveDisplay(console, new Still(), e => e.Accuracy);
        display.On(new RunStarted(Run, 3, RoundId.Start));
        var drawing = new Thread(() => display.On(new RoundOpened(Run, new(1), 0, 6))) { IsBackground = true };
        // fault: a fact comes just when a training thread's line has the console and not yet the table
        hook.Between = () =>
        {
            drawing.Start();
            while (drawing.IsAlive && !drawing.ThreadState.HasFlag(ThreadState.WaitSleepJoin))
            {
                Thread.Yield();
            }
        };

        var writing = new Thread(() => display.Step("tokenizing")) { IsBackground = true };
        writing.Start();

        Assert.True(writing.Join(Patience), "the line waits for the table");
        Assert.True(drawing.Join(Patience), "the table waits for the line");
        display.Dispose();
    }

    private static IAnsiConsole Console(out Hook hook)
    {
        var console = AnsiConsole.Create(
            new()
            {
                Out = new AnsiConsoleOutput(TextWriter.Null),
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.No,
            }
        );
        hook = new();
        console.Pipeline.Attach(hook);
        return console;
    }

    // Is called with the console's lock held, before the live table's own hook takes the table's.
    private sealed class Hook : IRenderHook
    {
        public Action? Between { get; set; }

        public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables)
        {
            var once = Between;
            Between = null;
            once?.Invoke();
            return renderables;
        }
    }

    private sealed class Still : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
