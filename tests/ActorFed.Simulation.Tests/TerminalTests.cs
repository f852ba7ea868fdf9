using ActorFed.Host.Results;

namespace ActorFed.Simulation.Tests;

/// <summary>The real program on a real terminal (a pseudo terminal that script(1) makes): what a person sees, and what the keys do.</summary>
public sealed class TerminalTests : IDisposable
{
    private const int Columns = 140;
    private readonly TinyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_live_table_is_drawn_over_itself_and_every_round_is_there_once_at_the_end()
    {
        using var program = OnTerminal(_world.Simulate("run", "--set", "actorfed.evaluate.every=1"));

        var sent = await program.EndsAsync();

        Assert.True(program.Code == 0, sent);
        var screen = new Screen(sent, Columns);
        Assert.True(screen.Redrawn >= 4, $"{screen.Redrawn} times drawn over:\n{sent}");
        Assert.All(
            ["Who has what", "round", "adapter SHA-256", ResultJson.Read(_world.In("run/result.json")).AdapterSha256!],
            part => Assert.Contains(screen.Lines, l => l.Contains(part, StringComparison.Ordinal))
        );
        Assert.Equal(
            ["1", "2", "3", "4"],
            screen.Lines.Select(l => l.Split(Separators, StringSplitOptions.RemoveEmptyEntries)).Where(IsRound).Select(c => c[0])
        );
    }

    [Fact]
    public async Task Without_a_terminal_no_control_sequence_is_sent()
    {
        using var program = RealProgram.Start(_world.Folder, _world.Simulate("run"));

        var printed = await program.EndsAsync();

        Assert.DoesNotContain('\u001b', printed + program.Errors);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Ctrl_C_on_the_keyboard_ends_after_the_round_and_the_run_can_be_resumed()
    {
        // Many rounds: on a loaded machine several pass before the key arrives.
        string[] slow = ["--rounds", "12", "--set", "actorfed.train.steps=60", "--workers", "1"];
        var whole = await _world.SimulateAsync("whole", slow);
        using var program = OnTerminal(_world.Simulate("stopped", slow));
        await program.PrintsAsync("training now");

        program.Type("\u0003"); // fault: the key Ctrl-C; the terminal makes the signal of it
        var sent = await program.EndsAsync();

        Assert.True(program.Code == 130, sent);
        Assert.Contains("ending after this round", sent, StringComparison.Ordinal);
        Assert.False(ResultJson.Read(_world.In("stopped/result.json")).Completed);
        Assert.Equal(whole.AdapterSha256, await _world.ResumeAsync("stopped"));
    }

    private static char[] Separators => [' ', '│', '|'];

    private static bool IsRound(string[] cells) => cells.Length > 4 && int.TryParse(cells[0], out _) && cells.Any(c => c is "%");

    // stty: a terminal that script makes has no size of its own. env: as in RealProgram.Start.
    private RealProgram OnTerminal(string[] arguments)
    {
        var quoted = string.Join(' ', arguments.Prepend(RealProgram.Host).Select(a => $"'{a}'"));
        return RealProgram.Command(
            _world.Folder,
            "script",
            "--quiet",
            "--return",
            "--flush",
            "--command",
            $"stty cols {Columns} rows 50; exec env --default-signal=INT dotnet {quoted}",
            "/dev/null"
        );
    }
}
