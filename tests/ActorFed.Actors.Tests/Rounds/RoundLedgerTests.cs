using System.Collections.Immutable;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Tests.Rounds;

public sealed class RoundLedgerTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);
    private static readonly ClientId[] Clients = [.. Enumerable.Range(0, 5).Select(ClientId.Of)];

    [Fact]
    public void Every_rule_names_its_refusal_and_the_first_that_fails_wins()
    {
        var ledger = Open(wanted: 3, 0, 1, 2);
        Assert.Equal(Refusal.StaleRound, Why(ledger, Update(0) with { Key = Some.Key(round: 9) }));
        Assert.Equal(Refusal.StaleRound, Why(ledger, Update(0) with { Key = Some.Key(attempt: 1) }));
        Assert.Equal(Refusal.NotInvited, Why(ledger, Update(4)));
        Assert.Equal(Refusal.NoExamples, Why(ledger, Update(0) with { Examples = 0 }));
        Assert.Equal(Refusal.NotFinite, Why(ledger, Update(0) with { TrainLoss = double.NaN }));
        Assert.Equal(Refusal.ShapeMismatch, Why(ledger, Update(0), content: Refusal.ShapeMismatch));
        Assert.Equal(Refusal.Late, Why(ledger, Update(0), arrived: Deadline));
        Assert.Null(Why(ledger, Update(0), arrived: Deadline - TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void A_client_that_was_invited_and_did_not_agree_was_given_no_work()
    {
        var ledger = new RoundLedger(Some.Key(), 2, Deadline, [.. Clients]);
        Assert.Equal(Refusal.NotInvited, Why(ledger, Update(0)));
    }

    [Fact]
    public void A_repeat_is_answered_and_not_counted_nor_inspected_again()
    {
        var (ledger, _) = Open(wanted: 3, 0, 1).Judge(Update(0), TimeSpan.FromSeconds(1), () => null);
        var (again, reply) = ledger.Judge(
            Update(0) with
            {
                Examples = 1000,
            },
            TimeSpan.FromSeconds(2),
            () => throw new InvalidOperationException("A repeat was inspected.")
        );
        Assert.Same(ledger, again);
        Assert.IsType<UpdateReceived>(reply);
    }

    [Fact]
    public void A_refusal_is_final()
    {
        var (ledger, _) = Open(wanted: 3, 0, 1).Judge(Update(0), TimeSpan.Zero, () => Refusal.NotFinite);
        Assert.Equal(Refusal.NotFinite, Why(ledger, Update(0)));
        Assert.Equal([new RefusedClient(Clients[0], Refusal.NotFinite)], ledger.Close().Refused.ToList());
    }

    [Fact]
    public void The_first_by_time_are_taken_and_ties_go_in_client_order()
    {
        var ledger = Open(wanted: 2, 0, 1, 2, 3);
        foreach (var (client, second) in new[] { (3, 5), (2, 7), (0, 7), (1, 7) })
        {
            (ledger, _) = ledger.Judge(Update(client), TimeSpan.FromSeconds(second), () => null);
        }

        var verdict = ledger.Close();
        Assert.Equal([Clients[0], Clients[3]], verdict.Taken.Select(c => c.Client));
        Assert.Equal([Clients[1], Clients[2]], verdict.Refused.Select(r => r.Client));
        Assert.Equal(TimeSpan.FromSeconds(7), verdict.LastArrival);
    }

    [Fact]
    public void An_update_after_the_instant_in_which_there_were_enough_is_late_whether_or_not_the_round_closed_yet()
    {
        var (ledger, _) = Open(wanted: 1, 0, 1).Judge(Update(0), TimeSpan.FromSeconds(1), () => null);
        var (after, reply) = ledger.Judge(Update(1), TimeSpan.FromSeconds(1.001), () => null);
        Assert.Equal(Refusal.Late, Assert.IsType<UpdateRefused>(reply).Why);
        Assert.Equal([Clients[1]], after.Close().Late.ToList());
    }

    [Fact]
    public void A_lost_node_settles_its_clients_except_those_that_have_delivered()
    {
        var (ledger, _) = Open(wanted: 3, 0, 1).Judge(Update(0), TimeSpan.FromSeconds(1), () => null);
        var verdict = ledger.Lose([Clients[0], Clients[1], Clients[4]]).Close();
        Assert.Equal([Clients[0]], verdict.Taken.Select(c => c.Client));
        Assert.Equal([Clients[1], Clients[4]], verdict.Absent.Where(c => c == Clients[1] || c == Clients[4]));
    }

    [Fact]
    public void The_loss_of_a_round_is_weighted_by_examples()
    {
        var ledger = Open(wanted: 2, 0, 1);
        (ledger, _) = ledger.Judge(Update(0) with { Examples = 3, TrainLoss = 1 }, TimeSpan.Zero, () => null);
        (ledger, _) = ledger.Judge(Update(1) with { Examples = 1, TrainLoss = 5 }, TimeSpan.Zero, () => null);
        Assert.Equal(2, ledger.Close().TrainLoss);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    [Theory, MemberData(nameof(Seeds))]
    public void No_schedule_of_faults_makes_a_round_count_a_client_twice(int seed)
    {
        var world = new Random(seed); // the only source of chance; the seed is in the test's name
        var ledger = new RoundLedger(Some.Key(), Wanted: 1 + world.Next(4), Deadline, [.. Clients.Take(4)]); // the fifth was not invited
        var now = TimeSpan.Zero;
        for (var step = 0; step < 150; step++)
        {
            now += TimeSpan.FromSeconds(world.Next(8));
            var before = ledger;
            ledger = Step(ledger, world, now);

            Assert.All(ledger.Received.Keys, c => Assert.Contains(c, ledger.Accepted));
            Assert.All(before.Received, kept => Assert.Same(kept.Value, ledger.Received[kept.Key]));
            Assert.All(before.Refused, kept => Assert.Equal(kept.Value, ledger.Refused[kept.Key]));
            var verdict = ledger.Close();
            Assert.True(verdict.Taken.Length <= ledger.Wanted);
            Assert.All(verdict.Taken, c => Assert.True(c.Arrived < Deadline && c.Examples > 0));
            Assert.Equal(ledger.Invited.ToList(), Everybody(verdict).Order().ToList()); // each in exactly one list
        }
    }

    private static RoundLedger Step(RoundLedger ledger, Random world, TimeSpan now)
    {
        var client = world.Next(Clients.Length);
        var key = world.Next(8) == 0 ? Some.Key(round: 2) : Some.Key();
        return world.Next(10) switch
        {
            0 => ledger.CloseAnswers(),
            1 => ledger.Lose([Clients[client]]),
            2 => ledger.Abandon(new(key, Clients[client], Refusal.OutOfMemory, "")),
            < 6 => ledger.Accept(new(key, Clients[client])).Next,
            _ => ledger
                .Judge(
                    Update(client) with
                    {
                        Key = key,
                        Examples = world.Next(4),
                    },
                    now,
                    () => world.Next(4) == 0 ? Refusal.NotFinite : null
                )
                .Next,
        };
    }

    private static IEnumerable<ClientId> Everybody(RoundVerdict v) =>
        v.Taken.Select(c => c.Client).Concat(v.Refused.Select(r => r.Client)).Concat(v.Absent).Concat(v.Late);

    private static RoundLedger Open(int wanted, params int[] accepted) =>
        accepted.Aggregate(
            new RoundLedger(Some.Key(), wanted, Deadline, [.. Clients]),
            (ledger, client) => ledger.Accept(new(Some.Key(), Clients[client])).Next
        );

    private static Refusal? Why(RoundLedger ledger, SubmitUpdate m, TimeSpan arrived = default, Refusal? content = null) =>
        (ledger.Judge(m, arrived, () => content).Reply as UpdateRefused)?.Why;

    private static SubmitUpdate Update(int client) =>
        new(Some.Key(), Clients[client], BlobId.Of([1]), 10, 1, 0.5, false, ImmutableSortedDictionary<string, double>.Empty);
}
