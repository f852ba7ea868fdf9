using Spectre.Console;

namespace ActorFed.Host.Doctor;

/// <summary>The findings for people, on stdout: they are the verb's result.</summary>
internal static class FindingsTable
{
    public static void Write(World world, IReadOnlyList<Finding> findings)
    {
        var console = AnsiConsole.Create(
            new()
            {
                Out = new AnsiConsoleOutput(world.Out),
                Ansi = world.Variable("TERM") is null or "" or "dumb" ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = world.Variable("NO_COLOR") is { Length: > 0 }
                    ? ColorSystemSupport.NoColors
                    : ColorSystemSupport.Detect,
                Interactive = InteractionSupport.No,
            }
        );
        foreach (var f in findings)
        {
            var (sign, colour) = Look(f.State);
            console.MarkupLine($"[{colour}]{sign, -8}[/] {Markup.Escape(f.Name)}: {Markup.Escape(f.Found)}");
            if (f.Remedy is { } remedy)
            {
                console.MarkupLine($"         [{colour}]-> {Markup.Escape(remedy)}[/]");
            }
        }
    }

    private static (string Sign, string Colour) Look(State state) =>
        state switch
        {
            State.Good => ("ok", "green"),
            State.Weak => ("weak", "yellow"),
            State.Missing => ("MISSING", "red"),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown state."),
        };
}
