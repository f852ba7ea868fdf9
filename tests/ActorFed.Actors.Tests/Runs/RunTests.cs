using ActorFed.Actors.Devices;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Tests.Runs;

public sealed class RunTests
{
    private static readonly ClientId First = ClientId.Of(0);

    [Fact]
    public async Task A_run_holds_its_rounds_commits_each_and_ends_with_the_final_test()
    {
        await using var run = new SimulatedRun(Some.Spec());
        var outcome = await run.Finish();

        Assert.True(outcome.Completed);
        Assert.Equal([1, 2, 3, 4], outcome.Commits.Select(c => c.Round.Number));
        Assert.All(outcome.Commits, c => Assert.Equal(3, c.Summary.Contributors.Length));
        Assert.Equal([false, true, false, true], outcome.Commits.Select(c => c.Summary.Evaluation is not null));
        Assert.Equal(100, outcome.End!.Test!.N);
        Assert.Equal(Hash(outcome), outcome.End.Global);
        Assert.Equal(outcome.End, run.Journal.End);
        Assert.Equal(0, run.Blobs.Held);
        Assert.InRange(outcome.Commits[0].Summary.Seconds, 10, 10.1); // 100 examples at 10 a second, and some bytes
    }

    [Fact]
    public async Task Those_who_watch_hear_of_every_round_after_its_commit()
    {
        await using var run = new SimulatedRun(Some.Spec());
        var outcome = await run.Finish();

        Assert.Equal(new RunStarted(Some.Run, 4, RoundId.Start), run.Events.First());
        Assert.Equal(outcome.Commits.Select(c => c.Summary), run.Events.OfType<RoundClosed>().Select(e => e.Summary));
        Assert.Equal(12, run.Events.OfType<ClientProgress>().Count(e => e.Stage == ClientStage.Done));
        Assert.Equal(12, run.Events.OfType<ClientProgress>().Count(e => e.Stage == ClientStage.Training));
    }

    [Fact]
    public async Task A_round_that_asks_everybody_takes_everybody_and_a_method_that_is_done_ends_the_run()
    {
        var spec = Some.Spec(clients: 6, rounds: 4) with { Method = new EverybodyThenDone() };
        await using var run = new SimulatedRun(spec);
        var outcome = await run.Finish();

        Assert.True(outcome.Completed);
        Assert.Equal([6, 3], outcome.Commits.Select(c => c.Summary.Contributors.Length)); // everybody, then a cohort of 3
        Assert.Equal(new RunStarted(Some.Run, 2, RoundId.Start), run.Events.First());
    }

    [Fact]
    public async Task A_client_that_is_away_costs_the_round_nothing_but_its_update()
    {
        var spec = Some.Spec(clients: 3, change: p => p.Client == First ? p with { Availability = 0 } : p);
        await using var run = new SimulatedRun(spec);
        var outcome = await run.Finish();
        Assert.All(outcome.Commits, c => Assert.Equal([First], c.Summary.Absent.ToList()));
        Assert.All(outcome.Commits, c => Assert.Equal(2, c.Summary.Contributors.Length));
    }

    [Fact]
    public async Task A_straggler_meets_the_deadline_and_its_update_does_not_count()
    {
        var spec = Some.Spec(clients: 3, change: p => p.Client == First ? p with { Speed = 0.01 } : p);
        await using var run = new SimulatedRun(spec);
        var outcome = await run.Finish();
        Assert.All(outcome.Commits, c => Assert.Equal([First], c.Summary.Late.ToList()));
        Assert.All(outcome.Commits, c => Assert.Equal(600, c.Summary.Seconds));
        Assert.Equal(0, run.Blobs.Held);
    }

    [Fact]
    public async Task Of_those_who_arrive_in_one_instant_the_first_in_client_order_are_taken()
    {
        var options = Some.Options with { PerRound = 2, Reserve = 1.5 }; // five are invited, two taken
        await using var run = new SimulatedRun(Some.Spec(clients: 5, options: options), schedule: 3, order: "random");
        var outcome = await run.Finish();
        Assert.All(
            outcome.Commits,
            c => Assert.Equal([ClientId.Of(0), ClientId.Of(1)], c.Summary.Contributors.Select(x => x.Client))
        );
        Assert.All(outcome.Commits, c => Assert.All(c.Summary.Refused, r => Assert.Equal(Refusal.Surplus, r.Why)));
    }

    [Theory]
    [InlineData(float.NaN, Refusal.NotFinite)]
    [InlineData(float.NegativeInfinity, Refusal.NotFinite)]
    public async Task An_update_with_poison_is_dropped_and_its_client_kept(float poison, Refusal why)
    {
        var device = new CountingDevice
        {
            Twist = (work, result) =>
                work.Client == First && work.Round.Number == 1
                    ? result with
                    {
                        Upload = result.Upload.With("head.b", TensorValue.Of([poison], 1)),
                    }
                    : result,
        };
        var outcome = await Finish(device);
        Assert.Equal([new RefusedClient(First, why)], outcome.Commits[0].Summary.Refused.ToList());
        Assert.Contains(outcome.Commits[1].Summary.Contributors, c => c.Client == First);
    }

    [Fact]
    public async Task An_update_of_another_shape_is_refused()
    {
        var device = new CountingDevice
        {
            Twist = (w, r) => w.Client == First ? r with { Upload = r.Upload.With("w", TensorValue.Zeros(4, 2)) } : r,
        };
        Assert.All(
            (await Finish(device)).Commits,
            c => Assert.Equal([new(First, Refusal.ShapeMismatch)], c.Summary.Refused.ToList())
        );
    }

    [Fact]
    public async Task An_update_of_no_examples_is_refused()
    {
        var device = new CountingDevice { Twist = (w, r) => w.Client == First ? r with { Examples = 0 } : r };
        Assert.All(
            (await Finish(device)).Commits,
            c => Assert.Equal([new(First, Refusal.NoExamples)], c.Summary.Refused.ToList())
        );
    }

    [Fact]
    public async Task Without_memory_a_client_trains_again_with_half_the_micro_batch()
    {
        var device = new CountingDevice
        {
            Fault = w => Throw(w.Client == First && w.MicroBatch is 0 or > 2, new InsufficientMemoryException("fault: memory")),
        };
        var outcome = await Finish(device);
        var micro = outcome.Commits[0].Summary.Contributors.Select(c => c.Metrics["micro"]);
        Assert.Equal([2, 0, 0], micro); // 8, then 4, then 2
        Assert.InRange(outcome.Commits[0].Summary.Seconds, 10, 10.1); // a fault of this machine takes no simulated time
    }

    [Fact]
    public async Task Without_memory_for_a_single_example_a_client_gives_up()
    {
        var device = new CountingDevice { Fault = w => Throw(w.Client == First, new OutOfMemoryException("fault: memory")) };
        Assert.All(
            (await Finish(device)).Commits,
            c => Assert.Equal([new(First, Refusal.OutOfMemory)], c.Summary.Refused.ToList())
        );
        Assert.Equal([0, 4, 2, 1], device.Trained.Where(w => w.Client == First && w.Round.Number == 1).Select(w => w.MicroBatch));
    }

    [Fact]
    public async Task A_client_whose_data_cannot_be_read_sits_out()
    {
        var device = new CountingDevice
        {
            Fault = w => Throw(w.Client == First, new CorruptShardException(w.Client, "fault: the shard is truncated")),
        };
        Assert.All(
            (await Finish(device)).Commits,
            c => Assert.Equal([new(First, Refusal.CorruptShard)], c.Summary.Refused.ToList())
        );
    }

    [Fact]
    public async Task Work_of_a_lost_device_is_done_by_another_and_nothing_changes()
    {
        var lost = new CountingDevice("cuda-0")
        {
            Fault = _ => throw new DeviceLostException("cuda-0", "fault: it fell off the bus"),
        };
        await using var broken = new SimulatedRun(Some.Spec()) { Devices = [lost, new CountingDevice("cpu-1")] };
        await using var whole = new SimulatedRun(Some.Spec());
        Assert.Equal(Hash(await whole.Finish()), Hash(await broken.Finish()));
    }

    [Fact]
    public async Task With_no_device_left_the_run_fails_and_says_so()
    {
        var lost = new CountingDevice { Fault = _ => throw new DeviceLostException("cpu-0", "fault: gone") };
        await using var run = new SimulatedRun(Some.Spec()) { Devices = [lost] };
        var failure = await Assert.ThrowsAsync<RunFailedException>(() => run.Finish());
        Assert.StartsWith(
            "round-1 had fewer updates than the quorum of 1 in 3 attempts; in the last one 0 counted, 0 were absent, 0 late, 3 DeviceLost. client-00001: Device node is lost: ",
            failure.Why,
            StringComparison.Ordinal
        );
        Assert.Empty(run.Journal.Commits);
        Assert.Equal(failure, Assert.Single(run.Events.OfType<RunFailed>()).Cause);
    }

    [Fact]
    public async Task A_bug_in_training_fails_the_run_with_its_words()
    {
        var device = new CountingDevice { Fault = w => Throw(w.Client == First, new InvalidCastException("fault: a bug")) };
        await using var run = new SimulatedRun(Some.Spec(clients: 3)) { Devices = [device] };
        var failure = await Assert.ThrowsAsync<RunFailedException>(() => run.Finish());
        Assert.Contains("client-00000 failed in run-1/round-1/0", failure.Message, StringComparison.Ordinal);
        Assert.Contains("fault: a bug", failure.Message, StringComparison.Ordinal);
        Assert.IsType<ClientBugException>(failure.InnerException);
    }

    [Fact]
    public async Task Below_quorum_a_round_is_tried_again_with_another_cohort()
    {
        var options = Some.Options with { Quorum = 3, Attempts = 20 };
        var spec = Some.Spec(clients: 8, options: options, change: p => p.Client == First ? p with { Availability = 0 } : p);
        await using var run = new SimulatedRun(spec);
        var outcome = await run.Finish();

        var missed = run.Events.OfType<AttemptFailed>().ToList();
        Assert.NotEmpty(missed); // with seed 5 the first client is in some cohort
        Assert.All(missed, m => Assert.Equal([First], m.Summary.Absent.ToList()));
        Assert.All(outcome.Commits, c => Assert.Equal(3, c.Summary.Contributors.Length));
        var again = outcome.Commits.First(c => c.Attempt > 0).Summary;
        Assert.True(again.Down.Retries > 0 && again.Up.Retries > 0);
        Assert.True(again.Seconds > 20); // the attempts before are in it
    }

    private static async Task<RunOutcome> Finish(CountingDevice device)
    {
        await using var run = new SimulatedRun(Some.Spec(clients: 3)) { Devices = [device] };
        var outcome = await run.Finish();
        Assert.Equal(0, run.Blobs.Held);
        return outcome;
    }

    private static BlobId Hash(RunOutcome outcome) => BlobId.Of(outcome.State.Global.Encoded.Span);

    private static void Throw(bool when, Exception fault)
    {
        if (when)
        {
            throw fault;
        }
    }
}
