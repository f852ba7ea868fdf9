using System.Collections.Immutable;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Actors.Wire;
using ActorFed.Kernel.VirtualTime;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.Configuration;
using static ActorFed.Actors.Journal.JournalProtocol;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Tests.Rounds;

public sealed class MedianUnderFaultTests()
    : Akka.TestKit.Xunit2.TestKit(
        ConfigurationFactory
            .ParseString("akka { loglevel = OFF, stdout-loglevel = OFF, actor.serialize-messages = on }")
            .WithFallback(VirtualTimeHocon.Create(seed: 0))
            .WithFallback(WireConfiguration.Reference)
    )
{
    [Fact]
    public void A_poisoned_client_a_second_copy_and_a_forger_do_not_move_the_median()
    {
        using var clock = new SteppedClock(Sys); // from here on time stands until the test moves it
        var (method, blobs, journal) = (new Median(), new MemoryBlobStore(bound: 1 << 20), CreateTestProbe("journal"));
        var nodes = new[] { "ann", "bob", "eve" }.ToDictionary(n => new ClientId(n), n => CreateTestProbe($"node-of-{n}"));
        var cohort = nodes.Select(n => new Invitee(new(n.Key, 1, 10, 1e6, 1e6, 1), n.Value.Ref, Counted: null));
        var deadline = TimeSpan.FromMinutes(10);
        var options = new RoundOptions(3, 0, 2, deadline, deadline, Attempts: 1, EvaluateEvery: 0, ResendAfter: deadline);
        var key = new RoundKey(new("run"), new(1), 0);
        var plan = new RoundPlan(key, options, method.Initialise(), [.. cohort], method, blobs, false, EarlierAttempts.None);
        var round = Sys.ActorOf(RoundManager.Props(plan, evaluator: ActorRefs.Nobody, journal.Ref)); // the real one

        foreach (var (client, node) in nodes)
        {
            Say(node, new InviteAccepted(key, client));
            node.FishForMessage<AssignWork>(_ => true, TimeSpan.Zero);
        }

        var uploads = new List<BlobId> { Submit("ann", 1, "ann"), Submit("bob", 2, "bob") };
        uploads.Add(Submit("bob", 2, "bob")); // fault: the network delivers a second copy
        uploads.Add(Submit("eve", 100, "ann")); // fault: eve's node speaks for ann
        uploads.Add(Submit("eve", 1e30f, "eve")); // fault: an update that would drown a mean

        var commit = journal.ExpectMsg<CommitRound>(TimeSpan.Zero);
        Assert.Equal(2, commit.State.Global["w"].Floats[0]);
        Assert.Equal([.. nodes.Keys], commit.Commit.Summary.Contributors.Select(c => c.Client));

        Sys.Stop(round); // fault: it ends before its journal has answered
        clock.Settle();
        Assert.All(nodes, n => Assert.False(n.Value.FishForMessage<RoundOver>(_ => true, TimeSpan.Zero).Counted));
        uploads.ForEach(blobs.Drop); // the clients let go of theirs; what is left would be a leak
        Assert.Equal(0, blobs.Held);

        BlobId Submit(string from, float value, string client)
        {
            var blob = blobs.Put(TensorSet.Empty.With("w", TensorValue.Of([value], 1)).Encoded);
            var metrics = ImmutableSortedDictionary<string, double>.Empty;
            Say(nodes[new(from)], new SubmitUpdate(key, new(client), blob, 1, 1, 0.5, KeptState: false, metrics));
            return blob;
        }

        void Say(Akka.TestKit.TestProbe node, object message)
        {
            node.Send(round, message);
            clock.Settle(); // returns when the message is handled, with all that follows from it
        }
    }

    /// <summary>Your own method. This one takes the middle of what came: each client counts once, whatever it says its weight is.</summary>
    private sealed class Median : IFederatedMethod
    {
        public string Name => "median";

        public ServerState Initialise() => new(TensorSet.Empty.With("w", TensorValue.Zeros(1)), TensorSet.Empty);

        public Assignment Assign(ServerState state, ClientProfile client, RoundId round) =>
            new(state.Global, LocalPlan.Empty, state.Global.PayloadBytes);

        public ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
        {
            var sorted = contributions.Select(c => c.Upload["w"].Floats[0]).Order().ToArray();
            return state with { Global = state.Global.With("w", TensorValue.Of([sorted[sorted.Length / 2]], 1)) };
        }
    }
}
