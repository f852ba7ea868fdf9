using System.CommandLine;
using System.Text.Json;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Transfer;
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
        if (status.Standbys > 0)
        {
            world.Out.WriteLine($"standby servers in step: {status.InStep} of {status.Standbys}");
        }

        if (status.Transfers is { } coming)
        {
            ShowTransfers(world, coming);
        }

        foreach (var n in status.Nodes)
        {
            world.Out.WriteLine(
                $"  {n.Name}  {n.Address}  {n.Clients} clients, {n.Slots} at a time, {string.Join(" ", n.Devices)}, "
                    + $"{Say.Bytes(n.Memory)}, {n.Speed:F0} documents/s{(n.MatrixKernels.Length > 0 ? $", {n.MatrixKernels}" : "")}"
            );
        }
    }

    private static void ShowTransfers(World world, TransferReport coming)
    {
        world.Out.WriteLine(
            $"tensors that came: {coming.Done} sets, {Say.Bytes(coming.Bytes)}, {coming.Failed} failed; on their way: {coming.Current.Length}"
        );
        foreach (var t in coming.Current)
        {
            var total = t.Total is { } known ? Say.Bytes(known) : "?";
            world.Out.WriteLine(
                $"  {t.Blob.Hex[..12]}  {Say.Bytes(t.Have)} of {total}, {Say.Bytes(Rate(t))}/s, {t.Stage.ToString().ToLowerInvariant()}"
            );
        }
    }

    private static double Rate(TransferProgress t) => t.Elapsed > TimeSpan.Zero ? t.Have / t.Elapsed.TotalSeconds : 0;

    private static object Plain(TransferReport t) =>
        new
        {
            t.Done,
            t.Failed,
            t.Bytes,
            Current = t.Current.Select(c => new
            {
                Blob = c.Blob.Hex,
                c.Have,
                c.Total,
                c.Elapsed.TotalSeconds,
                BytesPerSecond = Rate(c),
                Stage = c.Stage.ToString().ToLowerInvariant(),
            }),
        };

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
            s.Standbys,
            s.InStep,
            Transfers = s.Transfers is { } t ? Plain(t) : null,
            s.Nodes,
        };

    private static string Word(RunStage stage) => stage.ToString().ToLowerInvariant();
}
