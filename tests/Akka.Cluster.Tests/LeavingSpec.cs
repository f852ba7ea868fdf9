using Akka.Actor;

namespace Akka.Cluster.Tests;

/// <summary>Going, and being sent away.</summary>
public sealed class LeavingSpec : ClusterSpec
{
    [Fact]
    public async Task A_member_that_is_asked_to_leave_exits_and_is_removed()
    {
        var others = await UpAsync(2);
        Here.Subscribe(TestActor, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
        ReceiveN(3);

        others[0].Leave(others[1].SelfAddress); // any member may ask any other

        Assert.Equal(others[1].SelfAddress, ExpectMsg<ClusterEvent.MemberLeft>().Member.Address);
        Assert.Equal(others[1].SelfAddress, ExpectMsg<ClusterEvent.MemberExited>().Member.Address);
        var removed = ExpectMsg<ClusterEvent.MemberRemoved>();
        Assert.Equal((others[1].SelfAddress, MemberStatus.Exiting), (removed.Member.Address, removed.PreviousStatus));
        await EndOf(others[1]); // and its system ends, as of a coordinated shutdown
        AwaitAll(Here, others[0]);
    }

    [Fact]
    public async Task The_end_of_a_system_leaves_the_cluster_first()
    {
        var node = (await UpAsync(1))[0];
        Here.Subscribe(TestActor, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));

        await CoordinatedShutdown.Get(node.System).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Patience);

        Assert.Equal(MemberStatus.Exiting, ExpectMsg<ClusterEvent.MemberRemoved>().PreviousStatus);
        Assert.True(node.IsTerminated);
        Assert.Equal(MemberStatus.Removed, node.SelfMember.Status);
    }

    [Fact]
    public async Task The_only_member_can_leave_too()
    {
        var alone = NewNode();
        await alone.JoinAsync(alone.SelfAddress).WaitAsync(Patience);
        await alone.LeaveAsync().WaitAsync(Patience);
        Assert.True(alone.IsTerminated);
        await EndOf(alone);
    }

    [Fact]
    public async Task Two_that_leave_together_are_both_removed()
    {
        var others = await UpAsync(3);
        await Task.WhenAll(others[0].LeaveAsync(), others[1].LeaveAsync()).WaitAsync(Patience);
        AwaitAll(Here, others[2]);
    }

    [Fact]
    public async Task A_member_that_is_downed_ends_itself_and_is_removed()
    {
        var others = await UpAsync(2);
        Here.Subscribe(TestActor, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
        ReceiveN(3);

        others[0].Down(others[1].SelfAddress);

        Assert.Equal(others[1].SelfAddress, ExpectMsg<ClusterEvent.MemberDowned>().Member.Address);
        Assert.Equal(MemberStatus.Down, ExpectMsg<ClusterEvent.MemberRemoved>().PreviousStatus);
        await EndOf(others[1]);
        Assert.IsType<CoordinatedShutdown.ClusterDowningReason>(CoordinatedShutdown.Get(others[1].System).ShutdownReason);
        AwaitAll(Here, others[0]);
    }

    [Fact]
    public async Task A_downed_node_may_keep_its_system_and_lose_its_cluster_only()
    {
        var node = (await UpAsync(1, "akka.cluster.run-coordinated-shutdown-when-down = off"))[0];
        var removed = new TaskCompletionSource();
        node.RegisterOnMemberRemoved(removed.SetResult);

        Here.Down(node.SelfAddress);

        await removed.Task.WaitAsync(Patience);
        Assert.True(node.IsTerminated);
        Assert.False(node.System.WhenTerminated.IsCompleted);
        var late = new TaskCompletionSource();
        node.RegisterOnMemberRemoved(late.SetResult);
        Assert.True(late.Task.IsCompleted);
    }
}
