using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ActorFed.Host.Cluster;
using ActorFed.Host.Security;
using ActorFed.Host.Settings;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote.Transport.DotNetty;

namespace ActorFed.Host.Tests.Security;

/// <summary>Real actor systems on the loopback interface, with what serve and join give them.</summary>
public sealed class SecureRemotingTests : IAsyncLifetime
{
    /// <summary>Only a hang gets this far.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly TestCa _ca = new();
    private readonly TestWorld _world = new();
    private readonly List<ActorSystem> _systems = [];
    private readonly Ear _run = new();
    private readonly Ear _private = new();
    private readonly List<SecureRemoting> _links = [];
    private readonly ConcurrentQueue<RefusedConnection> _refused = [];
    private readonly SemaphoreSlim _more = new(0);
    private ActorSystem _server = null!;

    private World World => _world.World with { Time = _ca.Clock };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var system in _systems)
        {
            await system.Terminate().WaitAsync(Hang);
        }

        _links.ForEach(l => l.Dispose());
        _world.Dispose();
        _ca.Dispose();
        _more.Dispose();
    }

    [Fact]
    public async Task With_certificates_of_one_CA_a_node_and_its_server_talk_over_TLS()
    {
        Serve(allow: "site-a");
        var node = Start(Node(_ca.Issue("site-a")));

        Assert.Equal("in", await AskAsync(node, "in"));
        Assert.Equal("akka.ssl.tcp", ((ExtendedActorSystem)node).Provider.DefaultAddress.Protocol);
        Assert.Empty(_refused);
    }

    [Fact]
    public async Task A_certificate_of_another_CA_is_refused_before_any_message_and_named()
    {
        Serve();
        using var other = new TestCa();
        var folder = other.Issue("site-a");
        var node = Start(Blind(folder), SettingsLoader.Node); // fault: a node that trusts anybody, with a certificate of its own

        await StaysOutAsync(node, "site-a (node)", "it must be issued by this run's CA");
    }

    [Fact]
    public async Task A_revoked_certificate_is_refused()
    {
        Serve();
        var folder = _ca.Issue("site-a");
        var node = Start(Node(folder));
        _ca.Revoke("site-a"); // fault, while the server runs

        await StaysOutAsync(node, "site-a (node)", "it must not be revoked");
    }

    [Fact]
    public async Task An_expired_certificate_is_refused()
    {
        Serve();
        var node = Start(Node(_ca.Issue("site-a", days: 1)));
        _ca.Clock.Now += TimeSpan.FromDays(1); // fault

        await StaysOutAsync(node, "site-a (node)", "it must be valid now");
    }

    [Fact]
    public async Task Who_is_not_on_the_list_is_refused()
    {
        Serve(allow: "site-b");
        var node = Start(Node(_ca.Issue("site-a")));

        await StaysOutAsync(node, "site-a (node)", "it must be on the allow-list");
    }

    [Fact]
    public async Task A_node_trusts_no_node_as_its_server_and_can_say_so()
    {
        Serve(Blind(_ca.Issue("site-b"))); // fault: a node plays server
        var link = Node(_ca.Issue("site-a"));
        var node = Start(link);

        var failed = await Assert.ThrowsAsync<UserException>(() =>
            Questions.AskAsync(node, [Run], "in?", Hang, CancellationToken.None, () => link.Guard!.Last)
        );
        Assert.Contains("refused its certificate site-b (node)", failed.Message, StringComparison.Ordinal);
        Assert.Contains("it must be a server's", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_certificate_and_without_TLS_there_is_no_way_in()
    {
        Serve();
        var plain = Start(SecureRemoting.None); // fault: no TLS at all
        var lost = LostAsync(plain);
        plain.ActorSelection(ServerAddress.Over("akka.tcp", Run)).Tell("in?", ActorRefs.NoSender);
        await lost;

        using var tcp = new TcpClient("127.0.0.1", Port);
        await using var nobody = new SslStream(tcp.GetStream());
        var open = new SslClientAuthenticationOptions
        {
            TargetHost = "hub",
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        };
        try
        {
            await nobody.AuthenticateAsClientAsync(open).WaitAsync(Hang); // fault: TLS without a certificate
            Assert.Equal(0, await nobody.ReadAsync(new byte[1]).AsTask().WaitAsync(Hang)); // TLS 1.3: heard with the first read
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // refused in the handshake
        }

        Assert.Equal(("none", "a certificate must be shown"), await RefusedAsync());
        Assert.Equal(0, _run.Heard);
    }

    [Fact]
    public async Task Peers_reach_the_run_and_nothing_else()
    {
        Serve();
        var node = Start(Node(_ca.Issue("site-a")));
        var address = ((ExtendedActorSystem)_server).Provider.DefaultAddress.ToString();
        Assert.Equal("in", await AskAsync(node, "in"));
        foreach (var path in (string[])["/user/private", "/user/*", "/system/remote-watcher", "/user/run/../private"])
        {
            node.ActorSelection(address + path).Tell("in?", ActorRefs.NoSender); // fault: a path of its own choice
        }

        var provider = ((ExtendedActorSystem)node).Provider;
        provider.ResolveActorRef(address + "/user/private").Tell("in?", ActorRefs.NoSender); // fault: guessed
        provider.ResolveActorRef(address + "/user/run").Tell(PoisonPill.Instance, ActorRefs.NoSender); // fault: to end the run
        node.ActorSelection(Run).Tell(Kill.Instance, ActorRefs.NoSender);
        node.Stop(provider.ResolveActorRef(address + "/user/run"));

        Assert.Equal("still", await AskAsync(node, "still")); // after all of the above, on the same connection
        Assert.Equal("still", await AskAsync(node, "still"));
        Assert.Equal(0, _private.Heard);
    }

    [Fact]
    public void A_flood_of_refusals_is_no_flood_of_the_log()
    {
        var told = 0;
        using var credentials = Credentials.Load(_ca.Issue("hub", PeerRole.Server), null, AllowList.Everybody, _ca.Clock);
        var guard = new TlsGuard(credentials.Rules, null, _ => told++);
        for (var i = 0; i < 1024; i++)
        {
            Assert.False(guard.Accept(null, null, "10.0.0.1:1", default, NoLogger.Instance));
        }

        Assert.Equal(104, told); // the first hundred, then 128, 256, 512, 1024
    }

    private int Port => ((ExtendedActorSystem)_server).Provider.DefaultAddress.Port!.Value;

    private ActorPath Run => new RootActorPath(((ExtendedActorSystem)_server).Provider.DefaultAddress) / "user" / "run";

    private SecureRemoting Node(string folder)
    {
        var link = SecureRemoting.OfNode(folder, World);
        _links.Add(link);
        return link;
    }

    // Not what serve or join make: those look at themselves, and at the other side.
    private static DotNettySslSetup Blind(string folder) => new(TestCa.Identity(folder), true, true, (_, _, _, _, _) => true);

    private void Serve(string allow = "")
    {
        var link = SecureRemoting.OfServer(_ca.Issue("hub", PeerRole.Server), allow, World, Record);
        _links.Add(link);
        Serve(link.Setup!);
    }

    private void Serve(Setup setup)
    {
        _server = Start(setup, SettingsLoader.Server);
        _server.ActorOf(Props.Create(() => new Echo(_run)), "run");
        _server.ActorOf(Props.Create(() => new Echo(_private)), "private");
    }

    private void Record(RefusedConnection refusal)
    {
        _refused.Enqueue(refusal);
        _more.Release();
    }

    private ActorSystem Start(SecureRemoting link) => Start(link.Setup, SettingsLoader.Node);

    private ActorSystem Start(Setup? setup, Config standing)
    {
        var config = ConfigurationFactory
            .ParseString(
                $$"""
                akka {
                  loglevel = OFF
                  remote {
                    retry-gate-closed-for = 100 ms
                    dot-netty.tcp { hostname = "127.0.0.1", port = 0, enable-ssl = {{(setup is null ? "off" : "on")}} }
                  }
                }
                """
            )
            .WithFallback(standing)
            .WithFallback(SettingsLoader.Standard);
        var bootstrap = BootstrapSetup.Create().WithConfig(config);
        var system = ActorSystem.Create(
            "actorfed",
            setup is null ? ActorSystemSetup.Create(bootstrap) : ActorSystemSetup.Create(bootstrap, setup)
        );
        _systems.Add(system);
        return system;
    }

    private Task<object> AskAsync(ActorSystem from, string what) =>
        Questions.AskAsync(from, [Run], what, Hang, CancellationToken.None);

    private async Task StaysOutAsync(ActorSystem node, string whose, string rule)
    {
        var lost = LostAsync(node);
        node.ActorSelection(Run).Tell("in?", ActorRefs.NoSender);
        var (certificate, broken) = await RefusedAsync();
        Assert.StartsWith(whose, certificate, StringComparison.Ordinal);
        Assert.StartsWith(rule, broken, StringComparison.Ordinal);
        await lost;
        Assert.Equal(0, _run.Heard);
    }

    private static Task LostAsync(ActorSystem node)
    {
        var dead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        node.EventStream.Subscribe(node.ActorOf(Props.Create(() => new Told(dead))), typeof(DeadLetter));
        return dead.Task.WaitAsync(Hang);
    }

    private async Task<(string Certificate, string Rule)> RefusedAsync()
    {
        Assert.True(await _more.WaitAsync(Hang));
        Assert.True(_refused.TryDequeue(out var refusal));
        Assert.StartsWith("127.0.0.1:", refusal.Peer, StringComparison.Ordinal);
        return (refusal.Certificate, refusal.Rule);
    }

    private sealed class Told : ReceiveActor
    {
        public Told(TaskCompletionSource first) => ReceiveAny(_ => first.TrySetResult());
    }

    /// <summary>What an actor heard.</summary>
    private sealed class Ear
    {
        public int Heard;
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo(Ear ear) =>
            ReceiveAny(m =>
            {
                Interlocked.Increment(ref ear.Heard);
                Sender.Tell(m);
            });
    }
}
