using System.CommandLine;
using System.Text;
using ActorFed.Host.Reports;
using ActorFed.Host.Results;
using ActorFed.Host.Runs;

namespace ActorFed.Host.Verbs;

/// <summary><c>report RUN</c>: makes report.html again from the run's result.json.</summary>
internal static class ReportVerb
{
    public static Command Create(World world)
    {
        var run = new Argument<string>("run") { Description = "A run folder, or the id of a run below runs/." };
        var verb = new Command("report", "Makes report.html of a run again.") { run };
        verb.SetAction(parsed =>
        {
            var folder = RunFolder.Open(parsed.GetRequiredValue(run), world.Runs);
            var page = ReportPage.Render(ResultJson.Read(folder.Result), ChartLibrary.Load(world.Npm));
            new AtomicDisk().Write(folder.Report, Encoding.UTF8.GetBytes(page));
            world.Error.WriteLine(folder.Report);
            return (int)ExitCode.Done;
        });
        return verb;
    }
}
