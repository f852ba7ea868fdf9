using System.CommandLine;
using ActorFed.Host.Cluster;
using ActorFed.Host.Settings;
using ActorFed.Host.Simulation;

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
        var json = new Option<bool>("--json") { Description = "Print the result object on stdout, and nothing else there." };
        var verb = new Command("serve", "Holds a run for nodes that join: rounds, aggregation, journal and evaluation are here.")
        {
            output,
            resume,
            listen,
            json,
        };
        options.AddTo(verb);
        verb.SetAction(async parsed =>
        {
            var request = new SimulationRequest(
                options.Read(parsed),
                parsed.GetValue(output),
                parsed.GetValue(resume),
                PlanOnly: false,
                parsed.GetValue(json)
            );
            var where = parsed.GetValue(listen) is { } text ? Listen.Parse(text) : null;
            return (int)await SimulationRun.ExecuteAsync(request, world, stage: new ServerStage(where));
        });
        return verb;
    }
}
