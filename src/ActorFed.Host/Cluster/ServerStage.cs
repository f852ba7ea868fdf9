using System.Net;
using ActorFed.Actors.Configuration;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Replication;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Transfer;
using ActorFed.Actors.Wire;
using ActorFed.Host.Audit;
using ActorFed.Host.Runs;
using ActorFed.Host.Security;
using ActorFed.Host.Settings;
using ActorFed.Host.Simulation;
using ActorFed.Host.Terminal;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace ActorFed.Host.Cluster;

/// <summary>The run in this process, its clients on nodes that join; on the real clock.</summary>
/// <param name="listen">Where to listen, over what the settings say; null for that.</param>
/// <param name="leader">The server that this one stands by for; null for a server that leads from its start.</param>
internal sealed class ServerStage(Listen? listen, LeadingServer? leader = null) : IRunStage
{
    /// <summary>Bytes of updates that are on their way at a time.</summary>
    private const long DraftBound = 4L << 30;

    private SecureRemoting _security = SecureRemoting.None;
    private AuditLog? _audit;
    private TimeProvider? _time;

    public string Verb => "serve";

    // They stay on the nodes.
    public bool HasPersonalStates => false;

    public Setup? Setup => _security.Setup;

    public Config Below(Config below) =>
        SettingsLoader
            .Server.WithFallback(leader is null ? Config.Empty : ConfigurationFactory.ParseString(leader.Told.Settings))
            .WithFallback(below);

    public RunHeader HeaderOf(RunHeader mine) => leader?.HeaderFor(mine) ?? mine;

    public void Check(RunSettings settings, World world)
    {
        _time = world.Time;
        _security = SecureRemoting.OfServer(settings.SecurityFolder, settings.SecurityAllow, world, Record);
    }

    public void Open(RunFolder folder, IRunDisplay display) => _audit = new(folder.Audit, _time!, display.Note);

    public Config Akka(RunSpec spec, Config settings) =>
        _security
            .Config.WithFallback(listen?.ToConfig() ?? Config.Empty)
            .WithFallback(IsOneOfSeveral(settings) ? ServerCluster.ServerConfig : Config.Empty)
            .WithFallback(settings)
            .WithFallback(WireConfiguration.Reference);

    private bool IsOneOfSeveral(Config settings) => leader is not null || Standbys(settings) > 0;

    private static int Standbys(Config settings) => settings.GetInt("actorfed.server.standbys");

    public RunHandle Start(ActorSystem system, RunSpec given, RunPorts ports, IRunDisplay display)
    {
        var spec = given with { RejoinWithin = system.Settings.Config.GetTimeSpan("actorfed.server.rejoin-within") };
        var address = ((ExtendedActorSystem)system).Provider.DefaultAddress;
        var gate = _security.Credentials is { } c ? new Gatekeeper(c.Rules, _security.Allowed, spec.Clients) : null;
        system.ActorOf(Props.Create(() => new Auditor(_audit!)), "auditor");
        system.ActorOf(Props.Create(() => new MatrixKernelWatch(Blas.Kernels, display.Note)), "matrix-kernels");
        WarnInTheClear(address, display);
        if (!IsOneOfSeveral(system.Settings.Config))
        {
            var alone = RunLauncher.StartServer(system, spec, ports, new(Build.Software, Transfer(system), gate));
            display.Note($"serving {spec.Run} at {address}; waiting for {spec.Clients.Length} clients");
            return alone;
        }

        var server = new ServerPorts(Build.Software, Transfer(system), gate)
        {
            Standbys = leader is null ? Standbys(system.Settings.Config) : 0,
        };
        var proxy = ServerCluster.StartProxy(system);
        if (leader is not null)
        {
            StandBy(system, spec, (IReplicatedJournal)ports.Journal, proxy);
        }

        var handle = RunLauncher.StartServer(system, spec, ports, server, run => ServerCluster.StartManager(system, run));
        ServerCluster.Join(system, leader?.Seeds ?? []);
        display.Note(
            leader is null
                ? $"serving {spec.Run} at {address}; waiting for {spec.Clients.Length} clients and {server.Standbys} standby servers"
                : $"standing by for {spec.Run} at {address}"
        );
        return handle;
    }

    // Before anything else it is written that this journal follows: it must never lead with less than it was promised.
    private static void StandBy(ActorSystem system, RunSpec spec, IReplicatedJournal journal, IActorRef run)
    {
        journal.Begin(spec.Header);
        journal.Follow();
        system.ActorOf(StandbyActor.Props(spec.Header, journal, Transfer(system), run), "standby");
    }

    // What is fetched is used at once and by nobody else: nothing is kept. What was sent is the base of what is sent next.
    private static TransferPorts Transfer(ActorSystem system)
    {
        var options = TransferSettings.Load(system.Settings.Config);
        return new(options with { Keep = 0 }, new MemoryBlobDrafts(DraftBound)) { KeepSent = options.Keep };
    }

    public void Dispose()
    {
        _audit?.Dispose();
        _security.Dispose();
    }

    private void WarnInTheClear(Address address, IRunDisplay display)
    {
        if (_security.Credentials is null && !IsLoopback(address.Host))
        {
            display.Note(
                $"no certificates (actorfed.{SecurityKeys.Folder}): whoever reaches {address.Host} can take part, and reads all; ./actorfed certs makes some"
            );
        }
    }

    private void Record(RefusedConnection m) =>
        _audit?.Write("connection-refused", ("address", m.Peer), ("certificate", m.Certificate), ("rule", m.Rule));

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
