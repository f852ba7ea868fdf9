using System.Collections.Immutable;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Replication;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Store;
using ActorFed.Host.Runs;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Host.Tests.Runs;

public sealed class SqliteJournalTests : IDisposable
{
    private static readonly RunHeader Header = new(new("r"), "a = \"1\"\n", new('1', 64), new('2', 64), new('3', 64), 9);
    private readonly TestWorld _world = new();

    private RunFolder Folder => new(_world.Folder);

    public void Dispose() => _world.Dispose();

    [Fact]
    public void What_was_committed_is_there_after_the_process_with_every_bit()
    {
        var (first, second) = (Commit(1), Commit(2));
        using (var journal = Open())
        {
            journal.Begin(Header);
            journal.Commit(first.Commit, first.State);
            journal.Commit(second.Commit, second.State);
            journal.Finish(new(new(2), second.Commit.Global, new Evaluation(7, 0.5, 0.25, 0.125, 1.0 / 3)));
        }

        using var again = Open();

        Assert.Equal(Header, again.Header);
        Assert.Equal(2, again.Commits.Count);
        AssertSame(first.Commit, again.Commits[0]);
        AssertSame(second.Commit, again.Last!);
        Assert.Equal(new RunEnd(new(2), second.Commit.Global, new Evaluation(7, 0.5, 0.25, 0.125, 1.0 / 3)), again.End);
        Assert.Equal(second.State.Global.Encoded.ToArray(), again.Load(again.Last!).Global.Encoded.ToArray());
        Assert.Equal(second.State.Memory.Encoded.ToArray(), again.Load(again.Last!).Memory.Encoded.ToArray());
    }

    [Fact]
    public void Only_the_next_round_can_be_committed()
    {
        using var journal = Open();
        journal.Begin(Header);
        journal.Commit(Commit(1).Commit, Commit(1).State);

        var again = Assert.Throws<InvalidOperationException>(() => journal.Commit(Commit(1).Commit, Commit(1).State)); // fault: a round twice
        Assert.Equal("round-1 was to be committed, round-2 is next.", again.Message);
        Assert.Throws<InvalidOperationException>(() => journal.Commit(Commit(3).Commit, Commit(3).State)); // fault: a round left out
        Assert.Single(journal.Commits);
    }

    [Fact]
    public void A_disk_that_is_full_loses_the_round_and_nothing_before_it()
    {
        using (var journal = Open())
        {
            journal.Begin(Header);
            journal.Commit(Commit(1).Commit, Commit(1).State);
        }

        using (var journal = Open(new AtomicDisk(path => new FullFile(path, room: 10)))) // fault: no room for a checkpoint
        {
            var error = Assert.Throws<DiskException>(() => journal.Commit(Commit(2).Commit, Commit(2).State));
            Assert.Contains("the disk is full", error.Message, StringComparison.Ordinal);
            Assert.Equal(1, journal.Last!.Round.Number);
        }

        using var after = Open();
        after.Commit(Commit(2).Commit, Commit(2).State);
        Assert.Equal(Commit(1).State.Global.Encoded.ToArray(), after.Load(after.Commits[0]).Global.Encoded.ToArray());
        Assert.Equal(2, after.Commits.Count);
    }

    [Fact]
    public void Checkpoints_beyond_those_kept_are_removed_and_said_to_be_gone()
    {
        using var journal = Open(keep: 2);
        journal.Begin(Header);
        foreach (var round in Enumerable.Range(1, 4))
        {
            journal.Commit(Commit(round).Commit, Commit(round).State);
        }

        Assert.Equal(4, Directory.GetFiles(Folder.Checkpoints).Length); // two rounds, global and memory each
        Assert.Equal(3, journal.Load(journal.Commits[2]).Global["w"].Floats[0]);
        Assert.Throws<BlobMissingException>(() => journal.Load(journal.Commits[1]));
    }

    [Fact]
    public void A_checkpoint_that_has_changed_is_refused()
    {
        using var journal = Open();
        journal.Begin(Header);
        journal.Commit(Commit(1).Commit, Commit(1).State);
        var file = Path.Combine(Folder.Checkpoints, journal.Last!.Global.Hex + ".safetensors");
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1; // fault: one bit on disk
        File.WriteAllBytes(file, bytes);

        Assert.Throws<BlobCorruptException>(() => journal.Load(journal.Last));
    }

    [Fact]
    public void Another_run_s_header_is_refused()
    {
        using var journal = Open();
        journal.Begin(Header);
        journal.Begin(Header);

        Assert.Throws<InvalidOperationException>(() => journal.Begin(Header with { Seed = 10 }));
    }

    [Fact]
    public void A_file_that_is_no_database_is_named()
    {
        _world.Write("run.db", new string('x', 4096)); // fault: something else under the name

        var error = Assert.Throws<DiskException>(() => Open());

        Assert.StartsWith($"{Folder.Database}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("not a database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_another_has_followed_writes_nothing_more()
    {
        using var first = Open();
        first.Begin(Header);
        Assert.Equal(1, first.Lead());
        first.Commit(Commit(1).Commit, Commit(1).State);
        using var second = Open(); // fault: two processes on one folder
        Assert.Equal(2, second.Lead());

        var fenced = Assert.Throws<FencedException>(() => first.Commit(Commit(2).Commit, Commit(2).State));
        Assert.Equal((1, 2), (fenced.Epoch, fenced.Seen));
        Assert.Throws<FencedException>(() => first.Finish(new(new(1), Commit(1).Commit.Global, null)));
        second.Commit(Commit(2).Commit, Commit(2).State);
        using var after = Open();
        Assert.Equal(2, after.Commits.Count);
    }

    [Fact]
    public void A_standby_takes_what_the_leader_has_and_leads_only_when_it_has_all()
    {
        using (var standby = Open())
        {
            standby.Begin(Header);
            standby.Follow();
            standby.Take(3, new JournalEntry.Round(Commit(1).Commit), null); // its state is not kept any more
            standby.Take(3, new JournalEntry.Round(Commit(2).Commit), Commit(2).State);
            Assert.Equal(2, Assert.Throws<NotInStepException>(() => standby.Lead()).Have); // fault: the leader died too soon
            standby.KeepStep(3);
            standby.Take(3, new JournalEntry.Round(Commit(2).Commit), Commit(2).State); // a repeat
            standby.Take(3, new JournalEntry.Round(Commit(3).Commit), Commit(3).State);
            Assert.Equal(4, standby.Lead());
            var late = new JournalEntry.Round(Commit(4).Commit); // fault: the one before goes on
            Assert.Throws<FencedException>(() => standby.Take(3, late, Commit(4).State));
            Assert.Throws<FencedException>(() => standby.KeepStep(3));
            standby.Commit(Commit(4).Commit, Commit(4).State);
        }

        using var again = Open();
        Assert.Equal((4, 4L), (again.Commits.Count, again.Epoch));
        AssertSame(Commit(3).Commit, again.Commits[2]);
        Assert.Equal(Commit(4).State.Global.Encoded.ToArray(), again.Load(again.Last!).Global.Encoded.ToArray());
    }

    [Fact]
    public void An_entry_that_is_not_the_next_or_that_contradicts_is_refused()
    {
        using var standby = Open();
        standby.Begin(Header);
        standby.Follow();
        standby.Take(1, new JournalEntry.Round(Commit(1).Commit), Commit(1).State);
        var other = Commit(1).Commit with { Global = Commit(2).Commit.Global }; // fault: another past
        Assert.Throws<InvalidOperationException>(() => standby.Take(1, new JournalEntry.Round(other), null));
        Assert.Throws<InvalidOperationException>(() => standby.Take(1, new JournalEntry.Round(Commit(3).Commit), null));
        var end = new JournalEntry.Ending(new(new(2), Commit(2).Commit.Global, null));
        Assert.Throws<InvalidOperationException>(() => standby.Take(1, end, null));
        Assert.Single(standby.Commits);
    }

    private SqliteJournal Open(IDisk? disk = null, int keep = 3) =>
        new(Folder, disk ?? new AtomicDisk(), _world.World.Time, keep);

    private static (RoundCommit Commit, ServerState State) Commit(int round)
    {
        var state = new ServerState(
            TensorSet.Of([new("w", TensorValue.Of([round, 0.1f], 2))]),
            TensorSet.Of([new("m", TensorValue.Of([-round], 1))])
        );
        var metrics = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal).Add("kept", 0.1 + 0.2);
        var summary = new RoundSummary(
            new(round),
            1,
            [new(new("ann"), new(new('a', 64)), 33, 10, 1.0 / 3, TimeSpan.FromTicks(123_456_789), metrics)],
            [new(new("bob"), Refusal.NotFinite)],
            [new("cyd"), new("dan")],
            [new("eve")],
            2.0 / 3,
            new(1, 2, 3, 4),
            new(5, 6, 7, 8),
            12.5,
            round == 1 ? null : new Evaluation(5, 0.2, 0.3, 0.4, 0.7)
        );
        return (RoundCommit.Of(summary, state), state);
    }

    private static void AssertSame(RoundCommit expected, RoundCommit actual)
    {
        Assert.Equal(
            (expected.Global, expected.Memory, expected.Round, expected.Attempt),
            (actual.Global, actual.Memory, actual.Round, actual.Attempt)
        );
        var (e, a) = (expected.Summary, actual.Summary);
        Assert.Equal(e.Contributors.Select(Plain), a.Contributors.Select(Plain));
        Assert.Equal(e.Contributors[0].Metrics, a.Contributors[0].Metrics);
        Assert.Equal([.. e.Refused], a.Refused.ToArray());
        Assert.Equal([.. e.Absent], a.Absent.ToArray());
        Assert.Equal([.. e.Late], a.Late.ToArray());
        Assert.Equal((e.TrainLoss, e.Down, e.Up, e.Seconds, e.Evaluation), (a.TrainLoss, a.Down, a.Up, a.Seconds, a.Evaluation));
    }

    private static object Plain(Contributor c) => (c.Client, c.Update, c.Examples, c.Steps, c.TrainLoss, c.Arrived);
}
