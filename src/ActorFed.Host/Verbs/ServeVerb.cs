using System.CommandLine;
using ActorFed.Host.Cluster;
using ActorFed.Host.Settings;
using ActorFed.Host.Simulation;
using Akka.Configuration;

namespace ActorFed.Host.Verbs;

/// <summary><c>serve</c>: the run in this process, its clients on nodes that join over the network.</summary>
internal static class ServeVerb
{
    public static Command Create(World world)
    {
        var options = new RunOptions();
        var output = new Option<string?>("--out") { Description = "The run's folder; without it a new one below runs/." };
        var resume = new Option<string?>("--resume") { Description = "Go on with a run after its last committed round." };
        var listen = new Option<string?>("--listen") { Description = "HOST:PORT that nodes reach this server by." };
        var standbys = new Option<int?>("--standbys")
        {
            Description = "Standby servers that the run waits for. (actorfed.server.standbys)",
        };
        var leader = new Option<string[]>("--seed-node")
        {
            Description = "Be a standby: of this server, HOST:PORT. Once for each server that there is.",
        };
        var certs = CertsOption.Create();
        var json = new Option<bool>("--json") { Description = "Print the result object on stdout, and nothing else there." };
        var verb = new Command("serve", "Holds a run for nodes that join: rounds, aggregation, journal and evaluation are here.")
        {
            output,
            resume,
            listen,
            standbys,
            leader,
            certs,
            json,
        };
        options.AddTo(verb);
        verb.SetAction(async parsed =>
        {
            var said = options.Read(parsed);
            said = said with { Values = [.. CertsOption.Settings(parsed.GetValue(certs)), .. said.Values] };
            if (parsed.GetValue(standbys) is { } wanted)
            {
                said = said with { Values = [new("actorfed.server.standbys", $"{wanted}"), .. said.Values] };
            }

            var request = new SimulationRequest(
                said,
                parsed.GetValue(output),
                parsed.GetValue(resume),
                PlanOnly: false,
                parsed.GetValue(json)
            );
            var where = parsed.GetValue(listen) is { } text ? Listen.Parse(text) : null;
            var seeds = ServerAddress.Runs("--seed-node", parsed.GetValue(leader));
            var leads = seeds.IsEmpty ? null : await LeadingServer.AskAsync(seeds, Standing(said), world);
            return (int)await SimulationRun.ExecuteAsync(request, world, stage: new ServerStage(where, leads));
        });
        return verb;
    }

    // A standby asks as a node does, from any free port.
    private static Config Standing(SettingOverrides said) =>
        said.ToConfig().WithFallback(SettingsLoader.Node).WithFallback(SettingsLoader.Standard);
}
