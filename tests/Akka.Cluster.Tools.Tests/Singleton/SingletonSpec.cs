using Akka.Actor;
using Akka.Cluster.Tests;
using Akka.Cluster.Tools.Singleton;
using Akka.TestKit;

namespace Akka.Cluster.Tools.Tests.Singleton;

/// <summary>One actor in the whole cluster.</summary>
public sealed class SingletonSpec : ClusterSpec
{
    private const string Quick = """
        akka.cluster.singleton.hand-over-retry-interval = 100 ms
        akka.cluster.singleton-proxy { singleton-identification-interval = 100 ms, buffer-size = 3 }
        """;

    private const string Workers = Quick + "\nakka.cluster.roles = [worker]";

    public SingletonSpec()
        : base(Quick) { }

    private static IActorRef Manage(Cluster node, IActorRef watcher, string? role = null)
    {
        var settings = ClusterSingletonManagerSettings.Create(node.System).WithRole(role);
        var name = node.SelfAddress.ToString();
        return node.System.ActorOf(
            ClusterSingletonManager.Props(Props.Create(() => new Where(name, watcher)), "end", settings),
            "only"
        );
    }

    private static IActorRef Proxy(Cluster node, string? role = null) =>
        node.System.ActorOf(
            ClusterSingletonProxy.Props("/user/only", ClusterSingletonProxySettings.Create(node.System).WithRole(role)),
            "proxy"
        );

    /// <summary>Says where it runs, and when it starts and ends.</summary>
    private sealed class Where : ReceiveActor
    {
        private readonly string _name;
        private readonly IActorRef _watcher;

        public Where(string name, IActorRef watcher)
        {
            (_name, _watcher) = (name, watcher);
            Receive<string>(m => m == "end", _ => Context.Stop(Self));
            Receive<string>(_ => Sender.Tell(name));
        }

        protected override void PreStart() => _watcher.Tell("+" + _name);

        protected override void PostStop() => _watcher.Tell("-" + _name);
    }

    [Fact]
    public async Task It_runs_on_the_oldest_and_all_proxies_find_it()
    {
        var others = await UpAsync(2, Quick);
        foreach (var node in (Cluster[])[others[1], others[0], Here])
            Manage(node, TestActor);
        ExpectMsg("+" + Here.SelfAddress);
        ExpectNoMsg(TimeSpan.FromMilliseconds(500));
        foreach (var node in (Cluster[])[Here, .. others])
            Assert.Equal(Here.SelfAddress.ToString(), await Proxy(node).Ask<string>("where", Patience));
    }

    [Fact]
    public async Task It_is_handed_over_when_its_node_leaves()
    {
        var others = await UpAsync(2, Workers);
        var oldest = others[0];
        foreach (var node in others)
            Manage(node, TestActor, "worker");
        ExpectMsg("+" + oldest.SelfAddress);
        var proxy = Proxy(Here, "worker");
        Assert.Equal(oldest.SelfAddress.ToString(), await proxy.Ask<string>("where", Patience));

        oldest.Leave(oldest.SelfAddress);

        ExpectMsg("-" + oldest.SelfAddress); // there first,
        ExpectMsg("+" + others[1].SelfAddress); // and here then
        await EndOf(oldest);
        Assert.Equal(others[1].SelfAddress.ToString(), await proxy.Ask<string>("where", Patience));
    }

    [Fact]
    public async Task It_starts_anew_after_the_loss_of_its_node_and_not_before_that_has_noticed()
    {
        var others = await UpAsync(3, Workers);
        foreach (var node in others)
            Manage(node, TestActor, "worker");
        ExpectMsg("+" + others[0].SelfAddress);

        Split([others[0]], Here, others[1], others[2]); // fault: its node is cut off, and has it still

        ExpectMsg("-" + others[0].SelfAddress);
        ExpectMsg("+" + others[1].SelfAddress);
    }

    [Fact]
    public async Task It_runs_on_members_with_the_role_only()
    {
        var other = (await UpAsync(1, Quick + "\nakka.cluster.roles = [server]"))[0];
        Manage(other, TestActor, "server");
        ExpectMsg("+" + other.SelfAddress);
        Assert.Equal(other.SelfAddress.ToString(), await Proxy(Here, "server").Ask<string>("where", Patience));
        EventFilter.Exception<ActorInitializationException>().ExpectOne(() => Manage(Here, TestActor, "server"));
        ExpectNoMsg(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task A_proxy_keeps_messages_until_it_has_found_it_and_drops_the_oldest()
    {
        await Here.JoinAsync(Here.SelfAddress).WaitAsync(Patience);
        var dead = CreateTestProbe();
        Sys.EventStream.Subscribe(dead, typeof(Akka.Event.DeadLetter));
        var proxy = Proxy(Here);
        foreach (var message in (string[])["1", "2", "3", "4"])
            proxy.Tell(message, TestActor);
        Assert.Equal("1", dead.ExpectMsg<Akka.Event.DeadLetter>().Message);

        var echo = Sys.ActorOf(
            ClusterSingletonManager.Props(Props.Create(() => new Echo()), ClusterSingletonManagerSettings.Create(Sys)),
            "only"
        );

        Assert.Equal(["2", "3", "4"], ReceiveN(3).Cast<string>());
        Watch(echo);
    }

    [Fact]
    public async Task The_end_of_its_node_ends_it_by_its_message()
    {
        var alone = NewNode(Quick);
        await alone.JoinAsync(alone.SelfAddress).WaitAsync(Patience);
        Manage(alone, TestActor);
        ExpectMsg("+" + alone.SelfAddress);
        await CoordinatedShutdown.Get(alone.System).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Patience);
        ExpectMsg("-" + alone.SelfAddress);
    }

    [Fact]
    public void Settings_are_checked()
    {
        var settings = ClusterSingletonManagerSettings.Create(Sys);
        Assert.Equal(
            ("singleton", null, TimeSpan.FromSeconds(2)),
            (settings.SingletonName, settings.Role, settings.RemovalMargin)
        );
        Assert.Throws<ArgumentException>(() => settings.WithHandOverRetryInterval(TimeSpan.Zero));
        Assert.Throws<ArgumentException>(() => settings.WithRemovalMargin(TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentNullException>(() => settings.WithSingletonName(""));
        Assert.Throws<ArgumentException>(() => ClusterSingletonProxySettings.Create(Sys).WithBufferSize(-1));
        Assert.Throws<ArgumentException>(() => ClusterSingletonProxySettings.Create(Sys).WithBufferSize(10_001));
        Assert.Equal(3, ClusterSingletonProxySettings.Create(Sys).BufferSize);
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(m => Sender.Tell(m));
    }
}
