using ActorFed.Host.Reports;
using ActorFed.Host.Results;

namespace ActorFed.Host.Comparison;

/// <summary>report.html of a comparison.</summary>
internal static class ComparePage
{
    /// <summary>The whole page.</summary>
    /// <param name="result">What to show.</param>
    /// <param name="chart">The chart library's two files.</param>
    public static string Render(CompareResult result, ChartLibrary chart) =>
        PageTemplate.Render(
            "compare",
            $"{string.Join(", ", result.Tables.SelectMany(t => t.Rows).Select(r => r.Row).Distinct())} on {result.Dataset} · ActorFed",
            ResultJson.Write(new { result, Notes = TextTable.Notes(result) }),
            chart
        );
}
