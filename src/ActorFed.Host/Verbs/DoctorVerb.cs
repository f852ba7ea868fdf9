using System.CommandLine;
using System.Text.Json;
using ActorFed.Host.Doctor;

namespace ActorFed.Host.Verbs;

/// <summary><c>doctor</c>: what is there, in which version, and what to do about each red line.</summary>
internal static class DoctorVerb
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create(World world)
    {
        var json = new Option<bool>("--json") { Description = "Print the findings as one JSON object on stdout." };
        var verb = new Command("doctor", "Looks at everything ActorFed needs and says what to do about what is missing.")
        {
            json,
        };
        verb.SetAction(parsed =>
        {
            var findings = Checks.All(world);
            if (parsed.GetValue(json))
            {
                world.Out.WriteLine(JsonSerializer.Serialize(findings.Select(Plain), Indented));
            }
            else
            {
                FindingsTable.Write(world, findings);
            }

            return (int)(findings.Any(f => f.State == State.Missing) ? ExitCode.Missing : ExitCode.Done);
        });
        return verb;
    }

    private static object Plain(Finding f) =>
        new
        {
            f.Name,
            State = f.State.ToString(),
            f.Found,
            f.Remedy,
        };
}
