using Spectre.Console;

namespace ActorFed.Host.Doctor;

/// <summary>The findings for people, on stdout: they are the verb's result.</summary>
internal static class FindingsTable
{
    private const int NoWrapping = 100_000;

    public static void Write(World world, IReadOnlyList<Finding> findings)
    {
        var console = AnsiConsole.Create(
            new()
            {
                Out = new AnsiConsoleOutput(world.Out),
                Ansi = IsPlain(world) ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = world.Variable("NO_COLOR") is { Length: > 0 }
                    ? ColorSystemSupport.NoColors
                    : ColorSystemSupport.Detect,
                Interactive = InteractionSupport.No,
            }
        );
        if (!world.OutIsTerminal)
        {
            console.Profile.Width = NoWrapping; // a finding is one line for grep
        }

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

    private static bool IsPlain(World world) => !world.OutIsTerminal || world.Variable("TERM") is null or "" or "dumb";

    private static (string Sign, string Colour) Look(State state) =>
        state switch
        {
            State.Good => ("ok", "green"),
            State.Weak => ("weak", "yellow"),
            State.Missing => ("MISSING", "red"),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown state."),
        };
}
