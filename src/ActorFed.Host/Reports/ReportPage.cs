using ActorFed.Host.Results;

namespace ActorFed.Host.Reports;

/// <summary>report.html: one file that asks the network for nothing. The page is data, a chart library and a script, all inside it.</summary>
public static class ReportPage
{
    /// <summary>The whole page.</summary>
    /// <param name="result">What to show.</param>
    /// <param name="chart">The chart library's two files.</param>
    public static string Render(RunResult result, ChartLibrary chart) =>
        PageTemplate.Render("report", $"{result.Run} · ActorFed", ResultJson.Text(result), chart);
}
