using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Tests.Runs;

/// <summary>The same run under many schedules of its messages: what it computes and what it reports may not differ.</summary>
public sealed class ScheduleTests
{
    private const int Schedules = 200;

    private static readonly RoundOptions Reserve = Some.Options with { PerRound = 3, Reserve = 0.6, Quorum = 2 };

    // Ties, stragglers and clients that are away, all at once.
    private static readonly RunSpec Spec = Some.Spec(clients: 8, rounds: 3, options: Reserve, change: Uneven);

    [Fact]
    public Task No_schedule_of_messages_changes_the_result_or_the_report() => Explore(1, Schedules);

    [Fact]
    [Trait("Category", "Slow")]
    public Task Nor_does_one_of_thousands() => Explore(Schedules + 1, 20 * Schedules);

    private static async Task Explore(int first, int last)
    {
        var expected = await Report(0, "fifo", slots: 1);
        for (var schedule = first; schedule <= last; schedule++)
        {
            var found = await Report(schedule, "random", slots: 1 + (schedule % 4));
            Assert.True(expected == found, $"schedule {schedule}:\n{found}\nexpected:\n{expected}");
        }
    }

    private static async Task<string> Report(int schedule, string order, int slots)
    {
        await using var run = new SimulatedRun(Spec, schedule, order) { Devices = [new CountingDevice(slots: slots)] };
        var outcome = await run.Finish();
        Assert.Equal(0, run.Blobs.Held);
        var rounds = outcome.Commits.Select(c => Line(c.Summary));
        return string.Join('\n', rounds.Append(BlobId.Of(outcome.State.Global.Encoded.Span).Hex));
    }

    private static string Line(RoundSummary s) =>
        $"{s.Round} {s.Attempt} counted {Names(s.Contributors.Select(c => c.Client))} refused {string.Join(',', s.Refused)} "
        + $"absent {Names(s.Absent)} late {Names(s.Late)} loss {s.TrainLoss:R} down {s.Down} up {s.Up} seconds {s.Seconds:R}";

    private static string Names(IEnumerable<ClientId> clients) => string.Join(',', clients);

    private static ClientProfile Uneven(ClientProfile p) =>
        (p.Client.Value[^1] - '0') switch
        {
            0 => p with { Availability = 0.5 },
            1 => p with { Speed = 0.05 }, // 2,000 s: beyond the deadline
            2 or 3 => p with { Speed = 5 },
            _ => p,
        };
}
