namespace ActorFed.Host.Reports;

/// <summary>The chart library (npm uplot) as text to inline.</summary>
/// <param name="Script">Its minified script, which defines <c>uPlot</c>.</param>
/// <param name="Css">Its style sheet.</param>
public sealed record ChartLibrary(string Script, string Css)
{
    /// <summary>Reads it from the npm cache.</summary>
    /// <exception cref="MissingException">Not there; says how to get it.</exception>
    public static ChartLibrary Load(NpmCache cache)
    {
        var folder = Path.Combine(cache.Folder("uplot"), "dist");
        return new(
            File.ReadAllText(Path.Combine(folder, "uPlot.iife.min.js")),
            File.ReadAllText(Path.Combine(folder, "uPlot.min.css"))
        );
    }
}
