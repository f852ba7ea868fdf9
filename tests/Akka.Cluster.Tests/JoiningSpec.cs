using Akka.Actor;

namespace Akka.Cluster.Tests;

/// <summary>Becoming a member.</summary>
public sealed class JoiningSpec : ClusterSpec
{
    [Fact]
    public async Task A_node_that_joins_itself_founds_a_cluster_and_leads_it()
    {
        Assert.Equal(MemberStatus.Removed, Here.SelfMember.Status);
        Assert.False(Here.IsUp);

        await Here.JoinAsync(Here.SelfAddress).WaitAsync(Patience);

        Assert.True(Here.IsUp);
        Assert.Equal(Here.SelfAddress, Here.State.Leader);
        Assert.Equal(Here.SelfUniqueAddress, Here.SelfMember.UniqueAddress);
    }

    [Fact]
    public async Task Others_join_by_the_address_of_any_member_and_are_younger()
    {
        var nodes = await UpAsync(1);
        var third = NewNode("akka.cluster.roles = [gpu, fast]");
        await third.JoinAsync(nodes[0].SelfAddress).WaitAsync(Patience);
        AwaitAll(Here, nodes[0], third);

        foreach (var node in (Cluster[])[Here, nodes[0], third])
        {
            var byAge = node.State.Members.Order(Member.AgeOrdering).Select(m => m.Address);
            Assert.Equal([Here.SelfAddress, nodes[0].SelfAddress, third.SelfAddress], byAge);
            Assert.Equal(node.State.Members.Min()!.Address, node.State.Leader);
            Assert.Equal(third.SelfAddress, node.State.RoleLeader("gpu"));
            Assert.Null(node.State.RoleLeader("cpu"));
            Assert.True(node.State.AllRoles.SetEquals(["gpu", "fast"]));
        }
        Assert.True(third.SelfRoles.SetEquals(["gpu", "fast"]));
        Assert.True(third.SelfMember.HasRole("gpu"));
    }

    [Fact]
    public async Task The_first_seed_node_founds_the_cluster_and_the_others_wait_for_it()
    {
        var (second, third) = (NewNode(), NewNode());
        Address[] seeds = [Here.SelfAddress, second.SelfAddress];
        var joins = new[] { second.JoinSeedNodesAsync(seeds), third.JoinSeedNodesAsync(seeds) };
        AwaitAssert(() => Assert.Equal(0, second.State.Members.Count + third.State.Members.Count));

        await Here.JoinSeedNodesAsync(seeds).WaitAsync(Patience);
        await Task.WhenAll(joins).WaitAsync(Patience);

        AwaitAll(Here, second, third);
        Assert.Equal(Here.SelfAddress, Here.State.Members.Min(Member.AgeOrdering)!.Address);
    }

    [Fact]
    public async Task A_first_seed_node_that_comes_back_joins_the_cluster_of_the_others()
    {
        var others = await UpAsync(1);
        var seed = NewNode();

        await seed.JoinSeedNodesAsync([seed.SelfAddress, others[0].SelfAddress]).WaitAsync(Patience);

        AwaitAll(Here, others[0], seed);
    }

    [Fact]
    public async Task A_system_that_starts_anew_at_the_address_of_a_member_takes_its_place()
    {
        var node = (await UpAsync(1))[0];
        var port = node.SelfAddress.Port!.Value;
        var before = node.SelfUniqueAddress;
        Split([Here], node); // fault: it crashes
        await node.System.Terminate().WaitAsync(Patience);
        Heal(Here);

        var again = NewNode($"akka.remote.dot-netty.tcp.port = {port}");
        await again.JoinAsync(Here.SelfAddress).WaitAsync(Patience);

        Assert.Equal(before.Address, again.SelfAddress);
        Assert.NotEqual(before, again.SelfUniqueAddress);
        AwaitAll(Here, again);
        Assert.DoesNotContain(Here.State.Members, m => m.UniqueAddress == before);
    }

    [Fact]
    public async Task Nobody_is_up_before_as_many_are_there_as_the_settings_ask_for()
    {
        const string Two = "akka.cluster { min-nr-of-members = 2, role.gpu.min-nr-of-members = 1 }";
        var (first, second, third) = (NewNode(Two), NewNode(Two), NewNode(Two + "\nakka.cluster.roles = [gpu]"));
        first.Join(first.SelfAddress);
        AwaitCondition(() => first.State.Members.Count == 1);
        second.Join(first.SelfAddress);
        AwaitCondition(() => first.State.Members.Count == 2 && second.State.Members.Count == 2);
        Assert.All(first.State.Members, m => Assert.Equal(MemberStatus.Joining, m.Status));

        await third.JoinAsync(first.SelfAddress).WaitAsync(Patience);

        AwaitAll(first, second, third);
    }

    [Fact]
    public async Task A_join_that_is_called_off_or_ends_with_the_cluster_says_so()
    {
        var nowhere = new Address("akka.tcp", "cluster", "127.0.0.1", 1);
        using var cancel = new CancellationTokenSource();
        var cancelled = Here.JoinAsync(nowhere, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Patience));

        var hopeless = NewNode("akka.cluster.shutdown-after-unsuccessful-join-seed-nodes = 500 ms");
        var failed = hopeless.JoinSeedNodesAsync([nowhere]);
        await Assert.ThrowsAsync<ClusterJoinFailedException>(() => failed.WaitAsync(Patience));
        await EndOf(hopeless);
    }

    [Fact]
    public void The_address_of_a_local_actor_is_given_as_others_write_it()
    {
        var path = Here.RemotePathOf(TestActor);
        Assert.Equal(Here.SelfAddress, path.Address);
        Assert.Throws<ArgumentException>(() => Here.Join(new Address("akka", "other")));
    }
}
