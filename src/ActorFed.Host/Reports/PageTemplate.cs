using System.Reflection;
using System.Text;

namespace ActorFed.Host.Reports;

/// <summary>A page of ours: a template, a style, data, a chart library and a script, all inside one file.</summary>
internal static class PageTemplate
{
    /// <summary>The whole page.</summary>
    /// <param name="name">Of the template and its script: NAME.html, NAME.js.</param>
    /// <param name="title">As text.</param>
    /// <param name="json">The data.</param>
    /// <param name="chart">The chart library's two files.</param>
    public static string Render(string name, string title, string json, ChartLibrary chart) =>
        Fill(
            Resource($"{name}.html"),
            new(StringComparer.Ordinal)
            {
                ["title"] = Escape(title),
                ["chart-css"] = chart.Css,
                ["css"] = Resource("report.css"),
                // Inside a script element only "<" can end it; in JSON it may be written as an escape anywhere it can stand.
                ["data"] = json.Replace("<", "\\u003c", StringComparison.Ordinal),
                ["chart-js"] = chart.Script.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase),
                ["js"] = Resource($"{name}.js"),
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
