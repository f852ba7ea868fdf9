using System.CommandLine;
using ActorFed.Host.Simulation;

namespace ActorFed.Host.Verbs;

/// <summary><c>evaluate WHAT</c>: a run or an adapter folder, judged on a part of its data set.</summary>
internal static class EvaluateVerb
{
    public static Command Create(World world)
    {
        var options = new RunOptions();
        var what = new Argument<string>("what") { Description = "A run folder or id, or an adapter folder." };
        var part = new Option<string>("--part") { Description = "Documents to judge on.", DefaultValueFactory = _ => "test" };
        part.AcceptOnlyFromAmong("validation", "test");
        var json = new Option<bool>("--json") { Description = "Print the figures as one JSON object on stdout." };
        var verb = new Command("evaluate", "Judges a run's model or an adapter folder on a part of a data set.")
        {
            what,
            part,
            json,
        };
        options.AddTo(verb);
        verb.SetAction(parsed =>
        {
            var request = new EvaluationRequest(
                options.Read(parsed),
                parsed.GetRequiredValue(what),
                parsed.GetValue(part) == "validation",
                parsed.GetValue(json)
            );
            return (int)EvaluationRun.Execute(request, world);
        });
        return verb;
    }
}
