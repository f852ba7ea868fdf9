using System.CommandLine;
using ActorFed.Host.Simulation;

namespace ActorFed.Host.Verbs;

/// <summary><c>export RUN</c>: the model of a committed round as a PEFT folder.</summary>
internal static class ExportVerb
{
    public static Command Create(World world)
    {
        var options = new RunOptions("--rounds");
        var run = new Argument<string>("run") { Description = "A run folder, or the id of a run below runs/." };
        var round = new Option<int?>("--round") { Description = "The committed round; without it the last one." };
        var to = new Option<string?>("--out")
        {
            Description = "The adapter's folder; adapter-round-N in the run's folder without it.",
        };
        var verb = new Command("export", "Takes the adapter of a committed round out of a run, as a Hugging Face PEFT folder.")
        {
            run,
            round,
            to,
        };
        options.AddTo(verb);
        verb.SetAction(parsed =>
            (int)
                ExportRun.Execute(
                    new(options.Read(parsed), parsed.GetRequiredValue(run), parsed.GetValue(round), parsed.GetValue(to)),
                    world
                )
        );
        return verb;
    }
}
