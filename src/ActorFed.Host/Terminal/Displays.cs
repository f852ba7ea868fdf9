using ActorFed.Training.Federation;
using Spectre.Console;

namespace ActorFed.Host.Terminal;

/// <summary>Chooses how a run is shown.</summary>
public static class Displays
{
    /// <summary>A live table where stderr is a terminal, plain lines where it is not.</summary>
    /// <param name="error">Where progress goes; stdout belongs to results.</param>
    /// <param name="isTerminal">Whether somebody looks at it.</param>
    /// <param name="variable">The environment: NO_COLOR, TERM and COLUMNS are honoured.</param>
    /// <param name="time">Measures the rounds.</param>
    /// <param name="metric">Which figure of an evaluation is shown.</param>
    public static IRunDisplay Choose(
        TextWriter error,
        bool isTerminal,
        Func<string, string?> variable,
        TimeProvider time,
        Func<Evaluation, double> metric
    )
    {
        ArgumentNullException.ThrowIfNull(variable);
        var dumb = variable("TERM") is null or "" or "dumb";
        return isTerminal && !dumb ? new LiveDisplay(Terminal(error, variable), time, metric) : new PlainDisplay(error, metric);
    }

    private static IAnsiConsole Terminal(TextWriter error, Func<string, string?> variable)
    {
        var console = AnsiConsole.Create(
            new()
            {
                Out = new AnsiConsoleOutput(error),
                Ansi = AnsiSupport.Yes,
                ColorSystem = variable("NO_COLOR") is { Length: > 0 } ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
                Interactive = InteractionSupport.No,
            }
        );
        if (int.TryParse(variable("COLUMNS"), out var columns) && columns > 0)
        {
            console.Profile.Width = columns;
        }

        return console;
    }
}
