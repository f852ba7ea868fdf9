using System.CommandLine;
using ActorFed.Host.Simulation;

namespace ActorFed.Host.Verbs;

/// <summary><c>simulate</c>: server and clients in this process, without a network.</summary>
internal static class SimulateVerb
{
    public static Command Create(World world)
    {
        var options = new RunOptions();
        var output = new Option<string?>("--out") { Description = "The run's folder; without it a new one below runs/." };
        var resume = new Option<string?>("--resume") { Description = "Go on with a run after its last committed round." };
        var plan = new Option<bool>("--plan")
        {
            Description = "Draw the plan (who has what, who is invited), write plan.json, train nothing.",
        };
        var json = new Option<bool>("--json") { Description = "Print the result object on stdout, and nothing else there." };
        var contributors = new Option<string?>("--contributors-from")
        {
            Description = "Take in each round whom that run took, with its settings: a run over machines is repeated to the bit.",
        };
        var verb = new Command("simulate", "Trains: server and clients in one process, without a network.")
        {
            output,
            resume,
            plan,
            json,
            contributors,
        };
        options.AddTo(verb);
        verb.SetAction(async parsed =>
        {
            var request = new SimulationRequest(
                options.Read(parsed),
                parsed.GetValue(output),
                parsed.GetValue(resume),
                parsed.GetValue(plan),
                parsed.GetValue(json),
                parsed.GetValue(contributors)
            );
            return (int)await SimulationRun.ExecuteAsync(request, world);
        });
        return verb;
    }
}
