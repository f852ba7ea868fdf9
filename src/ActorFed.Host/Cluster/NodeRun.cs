using System.Collections.Immutable;
using System.Threading.Channels;
using ActorFed.Actors.Nodes;
using ActorFed.Actors.Roster;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Transfer;
using ActorFed.Host.Runs;
using ActorFed.Host.Security;
using ActorFed.Host.Settings;
using ActorFed.Host.Simulation;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.Configuration;
using TorchSharp;
using static ActorFed.Actors.Roster.RosterProtocol;

namespace ActorFed.Host.Cluster;

/// <summary>One node from its first question to the end of the run.</summary>
internal sealed class NodeRun
{
    private readonly NodeRequest _request;
    private readonly World _world;
    private readonly Config _user;
    private SecureRemoting _security = SecureRemoting.None;

    private NodeRun(NodeRequest request, World world) =>
        (_request, _world, _user) = (request, world, request.Settings.ToConfig());

    /// <summary>Does it, and says how it ended.</summary>
    public static Task<ExitCode> ExecuteAsync(NodeRequest request, World world) => new NodeRun(request, world).ExecuteAsync();

    private async Task<ExitCode> ExecuteAsync()
    {
        // Workers are the parallelism: threads inside an operation would only fight them.
        torch.set_num_threads(1);
        var own = SettingsLoader.Load(_user.WithFallback(Standing), _world.Folder);
        using var security = _security = SecureRemoting.OfNode(own.SecurityFolder, _world);
        var told = await AskAsync(own.NodePatience);
        // What cannot change a bit of the result is this node's own; everything else is the run's.
        var mineOnly = SettingTree.Text(own.Texts.Where(t => !SettingCatalog.Decides(t.Key)));
        var settings = SettingsLoader.Load(
            _user
                .WithFallback(ConfigurationFactory.ParseString(mineOnly))
                .WithFallback(ConfigurationFactory.ParseString(told.Settings))
                .WithFallback(Standing),
            _world.Folder
        );
        using var run = Preparation.Make(settings, _world.Npm, _world.Folder, Say, _world.Interrupts.Stop);
        using var threads = new WorkerThreads(settings.Workers, "train");
        var device = new TorchDevice(settings.Device.Name, run, threads);
        var folder = Folder(settings);
        var mine = Membership(settings, run, told, folder, await Calibration.SpeedAsync(device, run, _world.Time));
        while (true)
        {
            var end = await TakePartAsync(settings, run, device, mine, folder, told.Cluster);
            if (end is { } code)
            {
                return code;
            }

            Say("the server had given this node up; joining again");
        }
    }

    private static Config Standing => SettingsLoader.Node.WithFallback(SettingsLoader.Standard);

    private void Say(string text) => _world.Error.WriteLine(text);

    private Config Akka => (_request.Listen?.ToConfig() ?? Config.Empty).WithFallback(_user).WithFallback(Standing);

    private ImmutableArray<ActorPath> Runs => ServerAddress.Over(_security.Protocol, _request.Runs);

    private string Servers => string.Join(", ", Runs.Select(r => r.Address));

    private async Task<RunDescription> AskAsync(TimeSpan patience)
    {
        Say($"asking {Servers}");
        using var host = await Remoting.StartAsync(Akka, _security);
        try
        {
            var system = ActorHost.SystemOf(host);
            var answer = await Questions.AskAsync(
                system,
                Runs,
                new AskRun(Build.Software),
                patience,
                _world.Interrupts.Stop,
                () => _security.Guard?.Last
            );
            return answer switch
            {
                RunDescription run => run,
                NodeMismatched mismatch => throw new UserException(ExitCode.BadSettings, Sentence(mismatch)),
                _ => throw new UserException(ExitCode.RunFailed, $"{Servers} answered {answer.GetType().Name}."),
            };
        }
        finally
        {
            await host.StopAsync();
        }
    }

    private static string Sentence(NodeMismatched m) =>
        $"turned away: {m.What}: the server has {m.OfServer}, this node has {m.OfNode}.";

    private string Folder(RunSettings settings)
    {
        var path = Path.GetFullPath(_request.Out ?? Path.Combine(_world.Folder, "nodes", NameOf(settings)));
        Directory.CreateDirectory(path);
        return path;
    }

    // A certificate is made out to the node's name.
    private string NameOf(RunSettings settings) =>
        settings.NodeName.Length > 0 ? settings.NodeName : _security.Credentials?.Self.Name ?? Environment.MachineName;

    private Membership Membership(RunSettings settings, Preparation run, RunDescription told, string folder, double speed) =>
        new(
            new(Build.Software, told.Identity.Run, settings.Hash, run.Base.Model.Hash.Hex, run.DataHash),
            new([settings.Device.Name], GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, speed, Blas.Kernels),
            new(settings.Transfer, new DiskBlobDrafts(Path.Combine(folder, "downloads"), settings.Transfer.OnDiskFrom)),
            _security.Signer
        );

    // Null: the server had given this incarnation up, and a new one may come.
    private async Task<ExitCode?> TakePartAsync(
        RunSettings settings,
        Preparation run,
        TorchDevice device,
        Membership mine,
        string folder,
        bool cluster
    )
    {
        using var host = cluster
            ? await Remoting.StartAsync(ServerCluster.NodeConfig.WithFallback(Akka), _security.AmongMembers())
            : await Remoting.StartAsync(Akka, _security);
        var system = ActorHost.SystemOf(host);
        var facts = Channel.CreateUnbounded<object>(new() { SingleReader = true });
        system.ActorOf(Props.Create(() => new NodeWatcher(facts.Writer, settings.NodePatience)), "watcher");
        try
        {
            var spec = RunSetup.Node(
                NameOf(settings),
                run,
                settings.NodeClients.Of(run.Profiles),
                device,
                new DiskPersonalStore(new AtomicDisk(), Path.Combine(folder, "personal")),
                cluster ? ServerCluster.StartProxy(system) : system.ActorSelection(Runs[0]),
                mine
            );
            if (cluster)
            {
                ServerCluster.Join(system, Runs);
                _ = WhenRemovedAsync(system, facts.Writer);
            }

            Say(
                $"{spec.Name}: {spec.Clients.Length} clients, {device.Slots} at a time, {mine.Capacity.Speed:F0} documents a second"
            );
            RunLauncher.StartNode(system, spec);
            return await HearAsync(facts.Reader);
        }
        catch (OperationCanceledException)
        {
            Say("left: what its clients were training is handed back");
            return ExitCode.Interrupted;
        }
        finally
        {
            await host.StopAsync();
        }
    }

    // A cluster that has removed a member ends its system.
    private static async Task WhenRemovedAsync(ActorSystem system, ChannelWriter<object> facts)
    {
        await system.WhenTerminated;
        facts.TryWrite(new GivenUp());
    }

    private async Task<ExitCode?> HearAsync(ChannelReader<object> facts)
    {
        await foreach (var fact in facts.ReadAllAsync(_world.Interrupts.Stop))
        {
            switch (fact)
            {
                case NodeJoined joined:
                    Say($"{joined.Node} joined");
                    break;
                case NodeWaits waits:
                    Say($"{waits.Why.Node} waits: {waits.Why.Client} lives on {waits.Why.HeldBy}");
                    break;
                case ServerLost:
                    Say("the server is gone; waiting for it");
                    break;
                case ClientProgress { Stage: ClientStage.Training } p:
                    Say($"round {p.Round.Number}: training {p.Client}");
                    break;
                case TransferProgress { Stage: TransferStage.Done } t:
                    Say($"fetched {t.Have} bytes in {t.Elapsed.TotalSeconds:F2} s");
                    break;
                case NodeTurnedAway away:
                    throw new UserException(ExitCode.BadSettings, Sentence(away.Why));
                case NodeDismissed { How: var how }:
                    Say($"{how.Run} is over: {how.Detail}");
                    return how.Completed ? ExitCode.Done : ExitCode.RunFailed;
                case PatienceOver:
                    throw new UserException(ExitCode.RunFailed, $"{Servers}: the server did not come back.");
                case GivenUp:
                    return null;
            }
        }

        return ExitCode.Interrupted;
    }
}
