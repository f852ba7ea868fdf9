using System.Globalization;

namespace ActorFed.Benchmarks;

/// <summary>What was said after a question.</summary>
internal static class Options
{
    /// <summary>The number behind a name, or another one where the name is not there.</summary>
    public static int Number(string[] arguments, string name, int otherwise) =>
        Array.IndexOf(arguments, name) is >= 0 and var at
            ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture)
            : otherwise;
}
