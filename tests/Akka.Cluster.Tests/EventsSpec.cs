using Akka.Actor;

namespace Akka.Cluster.Tests;

/// <summary>What subscribers hear.</summary>
public sealed class EventsSpec : ClusterSpec
{
    [Fact]
    public async Task A_subscriber_gets_the_state_first_and_then_what_changes()
    {
        await Here.JoinAsync(Here.SelfAddress).WaitAsync(Patience);
        Here.Subscribe(TestActor, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));
        var state = ExpectMsg<ClusterEvent.CurrentClusterState>();
        Assert.Equal([Here.SelfAddress], state.Members.Select(m => m.Address));
        Assert.Empty(state.Unreachable);

        var other = NewNode();
        other.Join(Here.SelfAddress);

        Assert.Equal(other.SelfAddress, ExpectMsg<ClusterEvent.MemberJoined>().Member.Address);
        Assert.Equal(other.SelfAddress, ExpectMsg<ClusterEvent.MemberUp>().Member.Address);
    }

    [Fact]
    public async Task Or_the_events_that_lead_to_the_state()
    {
        await Here.JoinAsync(Here.SelfAddress).WaitAsync(Patience);
        Here.Subscribe(TestActor, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IClusterDomainEvent));
        Assert.Equal(Here.SelfAddress, ExpectMsg<ClusterEvent.MemberUp>().Member.Address);
        Assert.Equal(Here.SelfAddress, ExpectMsg<ClusterEvent.LeaderChanged>().Leader);
        ExpectNoMsg(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task It_hears_of_leaders_in_all_and_of_a_role()
    {
        Here.Subscribe(TestActor, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.RoleLeaderChanged));
        await Here.JoinAsync(Here.SelfAddress).WaitAsync(Patience);
        var gpu = NewNode("akka.cluster.roles = [gpu]");
        await gpu.JoinAsync(Here.SelfAddress).WaitAsync(Patience);

        ExpectMsg(new ClusterEvent.RoleLeaderChanged("gpu", gpu.SelfAddress));
        gpu.Leave(gpu.SelfAddress);
        ExpectMsg(new ClusterEvent.RoleLeaderChanged("gpu", null));
    }

    [Fact]
    public async Task It_hears_nothing_more_of_what_it_has_unsubscribed()
    {
        Here.Subscribe(TestActor, typeof(ClusterEvent.MemberUp), typeof(ClusterEvent.LeaderChanged));
        ExpectMsg<ClusterEvent.CurrentClusterState>();
        Here.Unsubscribe(TestActor, typeof(ClusterEvent.MemberUp));
        await Here.JoinAsync(Here.SelfAddress).WaitAsync(Patience);
        ExpectMsg<ClusterEvent.LeaderChanged>();
        Here.Unsubscribe(TestActor);
        await NewNode().JoinAsync(Here.SelfAddress).WaitAsync(Patience);
        ExpectNoMsg(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task Callbacks_run_when_the_node_is_up_also_if_it_is_already()
    {
        var (before, after) = (new TaskCompletionSource(), new TaskCompletionSource());
        Here.RegisterOnMemberUp(() => throw new InvalidOperationException("A callback of a user fails."));
        Here.RegisterOnMemberUp(before.SetResult);
        await Here.JoinAsync(Here.SelfAddress).WaitAsync(Patience);
        await before.Task.WaitAsync(Patience);
        Here.RegisterOnMemberUp(after.SetResult);
        await after.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task The_end_of_a_nodes_part_is_told_to_its_subscribers()
    {
        var node = (await UpAsync(1, "akka.cluster.run-coordinated-shutdown-when-down = off"))[0];
        var probe = CreateTestProbe(node.System);
        node.Subscribe(
            probe,
            ClusterEvent.InitialStateAsEvents,
            typeof(ClusterEvent.MemberRemoved),
            typeof(ClusterEvent.ClusterShuttingDown)
        );
        Here.Down(node.SelfAddress);
        probe.ExpectMsg<ClusterEvent.MemberRemoved>();
        probe.ExpectMsg<ClusterEvent.MemberRemoved>();
        probe.ExpectMsg<ClusterEvent.ClusterShuttingDown>();
    }

    [Fact]
    public void Classes_that_are_no_events_of_the_cluster_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Here.Subscribe(TestActor));
        var error = Assert.Throws<ArgumentException>(() => Here.Subscribe(TestActor, typeof(string)));
        Assert.Contains("System.String", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_state_is_sent_on_demand()
    {
        await Here.JoinAsync(Here.SelfAddress).WaitAsync(Patience);
        Here.SendCurrentClusterState(TestActor);
        Assert.Single(ExpectMsg<ClusterEvent.CurrentClusterState>().Members);
    }
}
