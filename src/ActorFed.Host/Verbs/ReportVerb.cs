using System.CommandLine;
using System.Text;
using ActorFed.Host.Comparison;
using ActorFed.Host.Reports;
using ActorFed.Host.Results;
using ActorFed.Host.Runs;

namespace ActorFed.Host.Verbs;

/// <summary><c>report RUN</c>: makes report.html again from result.json or compare.json.</summary>
internal static class ReportVerb
{
    public static Command Create(World world)
    {
        var run = new Argument<string>("run")
        {
            Description = "A run folder, the id of a run below runs/, or the folder of a comparison.",
        };
        var verb = new Command("report", "Makes report.html of a run or a comparison again.") { run };
        verb.SetAction(parsed =>
        {
            var named = parsed.GetRequiredValue(run);
            var comparison = Path.GetFullPath(named, world.Folder);
            var (file, page) = File.Exists(Path.Combine(comparison, "compare.json"))
                ? OfComparison(comparison, world)
                : OfRun(named, world);
            new AtomicDisk().Write(file, Encoding.UTF8.GetBytes(page));
            world.Error.WriteLine(file);
            return (int)ExitCode.Done;
        });
        return verb;
    }

    private static (string File, string Page) OfRun(string named, World world)
    {
        var folder = RunFolder.Open(named, world.Runs);
        return (folder.Report, ReportPage.Render(ResultJson.Read(folder.Result), ChartLibrary.Load(world.Npm)));
    }

    private static (string File, string Page) OfComparison(string folder, World world)
    {
        var result = ResultJson.Read<CompareResult>(Path.Combine(folder, "compare.json"));
        return (Path.Combine(folder, "report.html"), ComparePage.Render(result, ChartLibrary.Load(world.Npm)));
    }
}
