using Akka.Actor;

namespace Akka.Cluster.Tests;

/// <summary>Members out of reach: what is seen of it, and what becomes of them.</summary>
[Trait("Category", "Slow"), Collection(RealClocks.Name)]
public sealed class FailureSpec : ClusterSpec
{
    [Fact]
    public async Task A_member_that_is_cut_off_is_unreachable_and_comes_back()
    {
        var others = await UpAsync(2);
        Here.Subscribe(
            TestActor,
            ClusterEvent.InitialStateAsEvents,
            typeof(ClusterEvent.IReachabilityEvent),
            typeof(ClusterEvent.MemberDowned)
        );

        Split([others[1]], Here, others[0]); // fault: its cable is pulled, for less than stable-after
        Assert.Equal(others[1].SelfAddress, ExpectMsg<ClusterEvent.UnreachableMember>().Member.Address);
        Heal(Here, others[0], others[1]);

        // What it saw from its side, the others unreachable, may come with its first gossip, and goes again.
        FishForMessage(m => m is ClusterEvent.ReachableMember r && r.Member.Address == others[1].SelfAddress);
        AwaitAll(Here, others[0], others[1]);
    }

    [Fact]
    public async Task The_majority_downs_who_is_gone_and_the_minority_ends_itself()
    {
        var others = await UpAsync(2);
        Here.Subscribe(TestActor, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));

        Split([others[1]], Here, others[0]); // fault: a split, two and one

        Assert.Equal(MemberStatus.Down, ExpectMsg<ClusterEvent.MemberRemoved>().PreviousStatus);
        await EndOf(others[1]);
        AwaitAll(Here, others[0]);
    }

    [Fact]
    public async Task Of_two_nodes_the_one_with_the_lower_address_stays()
    {
        var other = (await UpAsync(1))[0];
        var (stays, goes) = Here.SelfMember.CompareTo(other.SelfMember) < 0 ? (Here, other) : (other, Here);

        Split([Here], other);

        await EndOf(goes);
        AwaitAll(stays);
    }

    [Fact]
    public async Task A_crashed_member_is_removed_and_a_new_one_can_join()
    {
        var others = await UpAsync(2);
        Split([others[0]], Here, others[1]); // fault: kill -9
        await others[0].System.Terminate().WaitAsync(Patience);
        AwaitAll(Here, others[1]);

        var next = NewNode();
        await next.JoinAsync(Here.SelfAddress).WaitAsync(Patience);
        AwaitAll(Here, others[1], next);
    }

    [Fact]
    public async Task An_actor_there_has_terminated_when_its_member_is_removed_and_not_before()
    {
        var others = await UpAsync(2);
        var actor = others[1].System.ActorOf(Props.Create(() => new Echo()), "echo");
        var path = actor.Path.ToSerializationFormatWithAddress(others[1].SelfAddress);
        var seen = await Sys.ActorSelection(path).ResolveOne(Patience);
        Watch(seen);
        var probe = CreateTestProbe();
        Here.Subscribe(
            probe,
            ClusterEvent.InitialStateAsEvents,
            typeof(ClusterEvent.UnreachableMember),
            typeof(ClusterEvent.MemberRemoved)
        );

        Split([others[1]], Here, others[0]); // fault: the node is gone

        probe.ExpectMsg<ClusterEvent.UnreachableMember>();
        ExpectNoMsg(TimeSpan.FromMilliseconds(500));
        probe.ExpectMsg<ClusterEvent.MemberRemoved>();
        var terminated = ExpectMsg<Terminated>();
        Assert.Equal((seen, true), (terminated.ActorRef, terminated.AddressTerminated));
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(m => Sender.Tell(m));
    }
}

/// <summary>The side of the oldest stays.</summary>
[Trait("Category", "Slow"), Collection(RealClocks.Name)]
public sealed class KeepOldestSpec : ClusterSpec
{
    private const string Hocon = "akka.cluster.split-brain-resolver.active-strategy = keep-oldest";

    public KeepOldestSpec()
        : base(Hocon) { }

    [Fact]
    public async Task With_the_oldest_two_stay_and_three_go()
    {
        var others = await UpAsync(4, Hocon);
        Split([Here, others[0]], others[1], others[2], others[3]);
        await Task.WhenAll(EndOf(others[1]), EndOf(others[2]), EndOf(others[3]));
        AwaitAll(Here, others[0]);
    }

    [Fact]
    public async Task The_oldest_alone_goes()
    {
        var others = await UpAsync(2, Hocon);
        Split([Here], others);
        await EndOf(Here);
        AwaitAll(others);
    }
}

/// <summary>A side of the size that the settings name stays.</summary>
[Trait("Category", "Slow"), Collection(RealClocks.Name)]
public sealed class StaticQuorumSpec : ClusterSpec
{
    private const string Hocon =
        "akka.cluster.split-brain-resolver { active-strategy = static-quorum, static-quorum.quorum-size = 2 }";

    public StaticQuorumSpec()
        : base(Hocon) { }

    [Fact]
    public async Task The_quorum_stays_and_the_rest_goes()
    {
        var others = await UpAsync(2, Hocon);
        Split([Here], others);
        await EndOf(Here);
        AwaitAll(others);
    }
}

/// <summary>Splits over real clocks and cables, alone: a pause that another test makes is a failure to their detectors.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RealClocks
{
    /// <summary>What such a class is marked with.</summary>
    public const string Name = "real clocks";
}
