using System.Collections.Immutable;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Nodes;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.TestKit;
using static ActorFed.Actors.Roster.RosterProtocol;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Tests.Nodes;

/// <summary>One real node with its clients and devices; server and manager are probes.</summary>
public sealed class NodeActorTests : FaultKit
{
    private static readonly ClientId First = ClientId.Of(0);
    private static readonly ClientId Second = ClientId.Of(1);
    private static readonly TimeSpan ResendAfter = Seconds(5);
    private static readonly TimeSpan Training = Seconds(10.5);

    private readonly TensorSet _start = new CountingMethod().Initialise().Global;
    private readonly TestProbe _server;
    private readonly TestProbe _manager;
    private IActorRef _node = ActorRefs.Nobody;
    private int _round;

    public NodeActorTests() => (_server, _manager) = (CreateTestProbe("server"), CreateTestProbe("manager"));

    [Fact]
    public void A_node_registers_until_it_is_answered()
    {
        Raise([new CountingDevice(slots: 3)]);
        var sent = _server.Next<RegisterNode>();
        Assert.Equal(("node", 3), (sent.Node, sent.Slots));
        Assert.Equal([First, Second], sent.Clients.ToList());
        Clock.Advance(2 * ResendAfter); // fault: it, or its answer, was lost
        Assert.Equal(2, _server.Rest().OfType<RegisterNode>().Count());
        _server.Send(_node, new NodeRegistered("node"));
        Clock.Advance(20 * ResendAfter);
        _server.HearsNothing();
    }

    [Fact]
    public void A_node_that_is_refused_asks_again_at_its_pace_and_stays()
    {
        Raise([new CountingDevice()]);
        _server.Next<RegisterNode>();
        _server.Send(_node, new NodeRefused("node", First, "other")); // fault: its client lives elsewhere
        Clock.Settle();
        _server.HearsNothing(); // not at once: two nodes in a quarrel must not flood the server
        Clock.Advance(ResendAfter);
        _server.Next<RegisterNode>();
        _server.Send(_node, new NodeRegistered("node")); // the other is gone
        Clock.Advance(20 * ResendAfter);
        _server.HearsNothing();
        Assert.IsType<SubmitUpdate>(TrainRound(First));
    }

    [Fact]
    public void Messages_for_clients_that_are_not_here_or_not_invited_go_nowhere()
    {
        Raise([new CountingDevice()]);
        Tells(new Invite(Some.Key(), new("stranger"))); // fault
        Tells(new RoundOver(Some.Key(), First, Counted: false)); // fault: nobody invited it yet
        Tells(new UpdateReceived(Some.Key(), new("stranger")));
        _manager.HearsNothing();
        Assert.IsType<SubmitUpdate>(TrainRound(First));
    }

    [Fact]
    public void A_client_that_was_killed_is_there_again_at_its_next_invitation()
    {
        Raise([new CountingDevice()]);
        Invite(First);
        _manager.Sender.Tell(Kill.Instance); // fault: in the middle of its training
        Clock.Advance(Training);
        _manager.HearsNothing();
        Assert.IsType<SubmitUpdate>(TrainRound(First));
    }

    [Fact]
    public void A_bug_in_one_client_leaves_the_others_alone()
    {
        Raise([
            new CountingDevice
            {
                Fault = w =>
                {
                    if (w.Client == First && w.Round.Number == 1)
                    {
                        throw new InvalidCastException("fault: a bug");
                    }
                },
            },
        ]);
        _server.Next<RegisterNode>();
        Invite(First);
        Assign(First);
        Invite(Second);
        Assign(Second);
        Clock.Advance(Training);
        Assert.Equal([First, Second], _manager.Rest().Cast<IClientMessage>().Select(m => m.Client).Order());
        Assert.IsType<SubmitUpdate>(TrainRound(First)); // and it is there again
        Assert.Empty(_server.Rest().OfType<NodeFailed>());
    }

    [Fact]
    public void Work_of_a_device_that_is_lost_in_training_is_done_by_another()
    {
        var lost = new CountingDevice("cuda-0", slots: 1) { Fault = _ => throw new DeviceLostException("cuda-0", "fault: gone") };
        var good = new CountingDevice("cpu-0", slots: 1);
        Raise([lost, good]);
        var both = new[] { First, Second };
        foreach (var client in both)
        {
            Invite(client);
            Assign(client);
        }

        Clock.Advance(Training);
        Assert.Equal(both, _manager.Rest().OfType<SubmitUpdate>().Select(m => m.Client).Order());
        Assert.Equal(2, good.Trained.Count);
    }

    [Fact]
    public void Work_that_loses_three_devices_is_given_up_and_the_last_device_takes_the_rest_with_it()
    {
        Raise([new CountingDevice("cuda-0", slots: 1) { Fault = _ => throw new DeviceLostException("cuda-0", "fault: gone") }]);
        var first = Assert.IsType<AbandonWork>(TrainRound(First));
        Assert.Equal((Refusal.DeviceLost, "Device cuda-0 is lost: fault: gone"), (first.Why, first.Detail));
        var second = Assert.IsType<AbandonWork>(TrainRound(First)); // its fourth loss is one more than it may have
        Assert.Equal((Refusal.DeviceLost, "Device node is lost: no device is left on this node"), (second.Why, second.Detail));
        Assert.Equal(second.Detail, Assert.IsType<AbandonWork>(TrainRound(Second)).Detail); // and it closed the queue
        Assert.Empty(_server.Rest().OfType<NodeFailed>()); // the server is told by the clients, round by round
    }

    [Fact]
    public void A_fault_that_nobody_foresaw_is_told_to_the_server_with_its_cause()
    {
        var small = new MemoryBlobStore(bound: _start.Encoded.Length); // fault: no room for an upload
        Raise([new CountingDevice()], small);
        _server.Next<RegisterNode>();
        small.Put(_start.Encoded);
        Invite(First);
        Assign(First);
        Clock.Advance(Training);
        var failed = _server.Rest().OfType<NodeFailed>().Single();
        Assert.Equal("node", failed.Node);
        Assert.Contains(nameof(BlobStoreFullException), failed.Detail, StringComparison.Ordinal);
    }

    private void Raise(ImmutableArray<IDevice> devices, IBlobStore? blobs = null)
    {
        var spec = new NodeSpec(
            "node",
            5,
            Some.Profiles(2),
            devices,
            new WorkQueue(),
            blobs ?? Blobs,
            new MemoryPersonalStore(),
            ResendAfter,
            _server.Ref
        );
        if (blobs is null)
        {
            Blobs.Put(_start.Encoded); // as the manager would hold it
        }

        (_node, _) = Raise(NodeActor.Props(spec), "node");
    }

    /// <summary>A round with this client alone: what it says in the end.</summary>
    private object TrainRound(ClientId client)
    {
        Invite(client);
        Assign(client);
        Clock.Advance(Training);
        var said = _manager.Next<IClientMessage>();
        Tells(new RoundOver(said.Key, client, Counted: true));
        return said;
    }

    private void Invite(ClientId client)
    {
        Tells(new Invite(Some.Key(++_round), client));
        Assert.Equal(client, _manager.Next<InviteAccepted>().Client);
    }

    private void Assign(ClientId client) =>
        Tells(
            new AssignWork(
                Some.Key(_round),
                client,
                BlobId.Of(_start.Encoded.Span),
                LocalPlan.Empty,
                _start.PayloadBytes,
                Counted: null
            )
        );

    private void Tells(IClientMessage message)
    {
        _manager.Send(_node, message);
        Clock.Settle();
    }
}
