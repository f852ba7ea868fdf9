using ActorFed.Actors.Journal;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Tests.Runs;

public sealed class ResumeTests
{
    private static readonly RunSpec Spec = Some.Spec(rounds: 6);

    [Fact]
    public async Task A_full_disk_fails_the_run_and_nobody_hears_of_the_round()
    {
        await using var run = new SimulatedRun(Spec) { Journal = new() { Room = 2 } }; // fault: the disk takes two rounds
        var failure = await Assert.ThrowsAsync<RunFailedException>(() => run.Finish());
        Assert.Contains("run-1/round-3/0: No space left on device", failure.Message, StringComparison.Ordinal);
        Assert.IsType<JournalException>(failure.InnerException);
        Assert.Equal([1, 2], run.Events.OfType<RoundClosed>().Select(e => e.Summary.Round.Number));
        Assert.Equal(2, run.Journal.Commits.Count);
    }

    [Fact]
    public async Task A_run_that_goes_on_ends_with_the_bits_of_one_that_was_never_interrupted()
    {
        await using var whole = new SimulatedRun(Spec);
        var expected = await whole.Finish();

        var (journal, personal) = (new MemoryJournal { Room = 2 }, new MemoryPersonalStore());
        await using (var first = new SimulatedRun(Spec) { Journal = journal, Personal = personal })
        {
            // fault: it dies after round 3 was trained everywhere, personal states saved, and before its commit
            await Assert.ThrowsAsync<RunFailedException>(() => first.Finish());
        }

        journal.Room = int.MaxValue;
        await using var second = new SimulatedRun(Spec) { Journal = journal, Personal = personal };
        var outcome = await second.Finish();

        Assert.Equal(expected.End, outcome.End);
        Assert.Equal(new RunStarted(Some.Run, 6, new(2)), second.Events.First());
        Assert.Equal(expected.Commits.Select(c => c.Global), outcome.Commits.Select(c => c.Global));
        AssertPersonalStatesCountedOnce(outcome, personal);
    }

    [Fact]
    public async Task A_stop_ends_the_run_after_its_round_with_the_state_saved()
    {
        await using var whole = new SimulatedRun(Spec);
        var expected = await whole.Finish();

        var (journal, personal) = (new MemoryJournal(), new MemoryPersonalStore());
        await using (var first = new SimulatedRun(Spec) { Journal = journal, Personal = personal })
        {
            var stopped = await first.Finish(handle => StopInRound(first, handle, 2));
            Assert.False(stopped.Completed);
            Assert.Null(stopped.End);
            Assert.Equal([1, 2], stopped.Commits.Select(c => c.Round.Number));
            Assert.Equal(0, first.Blobs.Held);
        }

        await using var second = new SimulatedRun(Spec) { Journal = journal, Personal = personal };
        Assert.Equal(expected.End, (await second.Finish()).End);
    }

    [Fact]
    public async Task An_abort_ends_the_run_at_once_and_the_last_commit_stands()
    {
        await using var run = new SimulatedRun(Spec);
        var outcome = await run.Finish(handle => run.On<RoundOpened>(e => e.Round.Number == 3, handle.Abort));
        Assert.False(outcome.Completed);
        Assert.Equal([1, 2], outcome.Commits.Select(c => c.Round.Number));
        Assert.Equal(run.Journal.Last!.Global, BlobId.Of(outcome.State.Global.Encoded.Span));
    }

    [Fact]
    public async Task A_run_that_is_done_stays_done()
    {
        var journal = new MemoryJournal();
        await using (var first = new SimulatedRun(Spec) { Journal = journal })
        {
            await first.Finish();
        }

        await using var second = new SimulatedRun(Spec) { Journal = journal };
        var outcome = await second.Finish();
        Assert.True(outcome.Completed);
        Assert.Equal(6, outcome.Commits.Length);
        Assert.Empty(second.Events.OfType<RoundOpened>());
    }

    [Fact]
    public async Task Another_runs_journal_is_refused()
    {
        var journal = new MemoryJournal();
        journal.Begin(Spec.Header with { Seed = 99 });
        await using var run = new SimulatedRun(Spec) { Journal = journal };
        var failure = await Assert.ThrowsAsync<RunFailedException>(() => run.Finish());
        Assert.Contains("could not be opened: Another run's journal.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_whose_personal_state_is_gone_is_refused_and_not_silently_begun_anew()
    {
        var (journal, personal) = (new MemoryJournal { Room = 2 }, new MemoryPersonalStore());
        var all = Some.Spec(clients: 3, rounds: 4);
        await using (var first = new SimulatedRun(all) { Journal = journal, Personal = personal })
        {
            await Assert.ThrowsAsync<RunFailedException>(() => first.Finish());
        }

        journal.Room = int.MaxValue;
        foreach (var key in personal.States.Keys.Where(k => k.Client == ClientId.Of(1)))
        {
            personal.States.TryRemove(key, out _); // fault: a disk of the node is lost
        }

        await using var second = new SimulatedRun(all) { Journal = journal, Personal = personal };
        var outcome = await second.Finish();
        Assert.Equal([new(ClientId.Of(1), Actors.Rounds.Refusal.PersonalStateLost)], outcome.Commits[2].Summary.Refused.ToList());
    }

    private static void StopInRound(SimulatedRun run, RunHandle handle, int round) =>
        run.On<RoundOpened>(e => e.Round.Number == round, handle.StopAfterRound);

    private static void AssertPersonalStatesCountedOnce(RunOutcome outcome, MemoryPersonalStore personal)
    {
        foreach (var (client, key) in CountedState.After(outcome.Commits))
        {
            var counted = outcome.Commits.Count(c => c.Summary.Contributors.Any(x => x.Client == client));
            Assert.Equal(counted, personal.States[key]["count"].Floats[0]);
        }
    }
}
