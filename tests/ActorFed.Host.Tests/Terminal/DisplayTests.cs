using System.Collections.Immutable;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Host.Terminal;
using ActorFed.Host.Tests.Results;
using ActorFed.Training.Federation;

namespace ActorFed.Host.Tests.Terminal;

public sealed class DisplayTests
{
    private static readonly RunId Run = new("r");

    [Fact]
    public void Without_a_terminal_each_round_is_one_plain_line()
    {
        using var text = new StringWriter();
        using (var display = Choose(text, isTerminal: false))
        {
            display.On(new RunStarted(Run, 3, RoundId.Start));
            display.On(new RoundClosed(Run, Summary(1)));
        }

        Assert.Equal(
            """
            3 rounds
            round 1/3: counted 0 7, late 3, absent 12, train loss 0.5000, validation 81.4 %, loss 0.6000, up 1.5 kB, down 2.0 MB, simulated 12.5 s

            """,
            text.ToString()
        );
    }

    [Fact]
    public void A_terminal_sees_the_partition_the_rounds_and_the_end()
    {
        using var text = new StringWriter();
        using (var display = Choose(text, isTerminal: true))
        {
            display.Plan(SampleResult.Make());
            display.On(new RunStarted(Run, 2, RoundId.Start));
            display.On(new RoundOpened(Run, new(1), 0, 6));
            display.On(new ClientProgress(Run, new(1), 0, ClientId.Of(7), ClientStage.Training));
            display.On(new RoundClosed(Run, Summary(1)));
            display.Note("a note");
            display.Finish(SampleResult.Make(), "runs/r");
        }

        Assert.All(
            ["Who has what", "easy-ham-1", "training now 7", "81.4 %", "a note", "adapter SHA-256", "runs/r"],
            part => Assert.Contains(part, text.ToString(), StringComparison.Ordinal)
        );
    }

    [Fact]
    public void No_color_is_honoured()
    {
        using var text = new StringWriter();
        using (var display = Choose(text, isTerminal: true, noColor: "1"))
        {
            display.Note("a note");
            display.Plan(SampleResult.Make());
        }

        Assert.DoesNotContain("\u001b[3", text.ToString(), StringComparison.Ordinal); // no foreground colour
        Assert.DoesNotContain("\u001b[9", text.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(999, "999 B")]
    [InlineData(1500, "1.5 kB")]
    [InlineData(2_000_000, "2.0 MB")]
    [InlineData(3e15, "3000.0 TB")]
    public void Bytes_have_decimal_units(double bytes, string text) => Assert.Equal(text, Say.Bytes(bytes));

    private static IRunDisplay Choose(TextWriter text, bool isTerminal, string? noColor = null) =>
        Displays.Choose(
            text,
            isTerminal,
            name =>
                name switch
                {
                    "TERM" => "xterm-256color",
                    "NO_COLOR" => noColor,
                    "COLUMNS" => "160",
                    _ => null,
                },
            new Still(),
            e => e.BalancedAccuracy
        );

    private static RoundSummary Summary(int round) =>
        new(
            new(round),
            0,
            [Contributor(0), Contributor(7)],
            [new(ClientId.Of(9), Refusal.Surplus)],
            [ClientId.Of(12)],
            [ClientId.Of(3)],
            0.5,
            new(2_000_000, 0, 0, 0),
            new(1_500, 0, 0, 0),
            12.5,
            new Evaluation(100, 0.9, 0.8136, 0.7, 0.6)
        );

    private static Contributor Contributor(int index) =>
        new(ClientId.Of(index), default, 40, 10, 0.5, TimeSpan.FromSeconds(3), ImmutableSortedDictionary<string, double>.Empty);

    private sealed class Still : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
