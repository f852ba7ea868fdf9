using System.Reflection;
using System.Text;
using ActorFed.Host.Results;

namespace ActorFed.Host.Reports;

/// <summary>report.html: one file that asks the network for nothing. The page is data, a chart library and a script, all inside it.</summary>
public static class ReportPage
{
    /// <summary>The whole page.</summary>
    /// <param name="result">What to show.</param>
    /// <param name="chart">The chart library's two files.</param>
    public static string Render(RunResult result, ChartLibrary chart) =>
        Fill(
            Resource("report.html"),
            new(StringComparer.Ordinal)
            {
                ["title"] = Escape($"{result.Run} · ActorFed"),
                ["chart-css"] = chart.Css,
                ["css"] = Resource("report.css"),
                // Inside a script element only "<" can end it; in JSON it may be written as an escape anywhere it can stand.
                ["data"] = ResultJson.Text(result).Replace("<", "\\u003c", StringComparison.Ordinal),
                ["chart-js"] = chart.Script.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase),
                ["js"] = Resource("report.js"),
            }
        );

    // One pass over the template: a placeholder's name inside the data is data.
    private static string Fill(string template, Dictionary<string, string> parts)
    {
        var page = new StringBuilder();
        var at = 0;
        for (
            var open = template.IndexOf("{{", StringComparison.Ordinal);
            open >= 0;
            open = template.IndexOf("{{", at, StringComparison.Ordinal)
        )
        {
            var close = template.IndexOf("}}", open, StringComparison.Ordinal);
            page.Append(template, at, open - at).Append(parts[template[(open + 2)..close]]);
            at = close + 2;
        }

        return page.Append(template, at, template.Length - at).ToString();
    }

    private static string Escape(string text) => System.Net.WebUtility.HtmlEncode(text);

    private static string Resource(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream =
            assembly.GetManifestResourceStream($"ActorFed.Host.Reports.{name}")
            ?? throw new InvalidOperationException($"{name} is not in {assembly.GetName().Name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
