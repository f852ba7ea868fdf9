using System.CommandLine;
using System.Text.Json;
using ActorFed.Actors.Runs;
using ActorFed.Host.Cluster;
using ActorFed.Host.Security;
using ActorFed.Host.Settings;
using ActorFed.Host.Simulation;
using ActorFed.Host.Terminal;
using static ActorFed.Actors.Runs.StatusProtocol;

namespace ActorFed.Host.Verbs;

/// <summary><c>status</c>: how a run is going that another process serves.</summary>
internal static class StatusVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create(World world)
    {
        var server = new Option<string>("--seed-node")
        {
            Description = "The server: HOST:PORT, or akka.tcp://actorfed@HOST:PORT.",
            Required = true,
        };
        var config = new Option<FileInfo?>("--config")
        {
            Description = "HOCON file with settings of remoting, e.g. certificates.",
        };
        var certs = CertsOption.Create();
        var json = new Option<bool>("--json") { Description = "Print the status as one JSON object on stdout." };
        var verb = new Command("status", "Asks a server how its run is going, and who is there.") { server, config, certs, json };
        verb.SetAction(async parsed =>
        {
            var said = new SettingOverrides(parsed.GetValue(config)?.FullName, [.. CertsOption.Settings(parsed.GetValue(certs))]);
            var all = said.ToConfig().WithFallback(SettingsLoader.Node).WithFallback(SettingsLoader.Standard);
            using var security = SecureRemoting.OfNode(all.GetString(CertsOption.Path, ""), world, own: null);
            var run = ServerAddress.Over(security.Protocol, ServerAddress.Run("--seed-node", parsed.GetValue(server)!));
            using var host = await Remoting.StartAsync(all, security);
            try
            {
                var system = ActorHost.SystemOf(host);
                var answer = await Questions.AskAsync(
                    system,
                    [run],
                    new AskStatus(),
                    Patience,
                    world.Interrupts.Stop,
                    () => security.Guard?.Last
                );
                Show(world, (RunStatus)answer, parsed.GetValue(json));
                return (int)ExitCode.Done;
            }
            finally
            {
                await host.StopAsync();
            }
        });
        return verb;
    }

    private static void Show(World world, RunStatus status, bool json)
    {
        if (json)
        {
            world.Out.WriteLine(JsonSerializer.Serialize(Plain(status), Indented));
            return;
        }

        world.Out.WriteLine(
            $"{status.Run}: {status.Method}, {Word(status.Stage)}, round {status.Round} of {status.Rounds} committed, "
                + $"{status.Nodes.Sum(n => n.Clients)} of {status.Clients} clients here"
        );
        world.Out.WriteLine($"bytes up {Say.Bytes(status.BytesUp)}, down {Say.Bytes(status.BytesDown)}");
        foreach (var n in status.Nodes)
        {
            world.Out.WriteLine(
                $"  {n.Name}  {n.Address}  {n.Clients} clients, {n.Slots} at a time, {string.Join(" ", n.Devices)}, "
                    + $"{Say.Bytes(n.Memory)}, {n.Speed:F0} documents/s"
            );
        }
    }

    private static object Plain(RunStatus s) =>
        new
        {
            Run = s.Run.Value,
            s.Method,
            Stage = Word(s.Stage),
            s.Round,
            s.Rounds,
            s.Attempt,
            s.Clients,
            s.TrainLoss,
            s.BytesUp,
            s.BytesDown,
            s.Nodes,
        };

    private static string Word(RunStage stage) => stage.ToString().ToLowerInvariant();
}
