using System.Globalization;

namespace ActorFed.Benchmarks.Gain;

/// <summary>Learning rates of one cell; an adapter rate of 0 stands for a method without adapters.</summary>
internal sealed record Rates(double Head, double Adapter);

/// <summary>The arguments of the gain benchmark.</summary>
/// <param name="Cells">Folder of finished cells.</param>
/// <param name="Seeds">Seeds of the reported comparison.</param>
/// <param name="SearchSeeds">Seeds of the search; none of them is reported.</param>
/// <param name="HeadRates">Grid of head rates of the head alone.</param>
/// <param name="JointHeadRates">Grid of head rates beside an adapter.</param>
/// <param name="AdapterRates">Grid of adapter rates.</param>
/// <param name="Common">Arguments handed to every run as they are: everything behind <c>--</c>.</param>
internal sealed record GainOptions(
    string Cells,
    int[] Seeds,
    int[] SearchSeeds,
    double[] HeadRates,
    double[] JointHeadRates,
    double[] AdapterRates,
    string[] Common
)
{
    /// <summary>E.g. <c>--cells results/mail --seeds 1,2,3,4,5 --search-seeds 101 --head-rates 0.003,0.01 --adapter-rates 0.003 -- --rounds 15</c>.</summary>
    public static GainOptions Parse(string[] arguments)
    {
        var split = Array.IndexOf(arguments, "--");
        var own = split < 0 ? arguments : arguments[..split];
        string Value(string name, string fallback)
        {
            var at = Array.IndexOf(own, name);
            return at < 0 ? fallback : own[at + 1];
        }

        return new(
            Value("--cells", Path.Combine("bench", "results", "cells")),
            Whole(Value("--seeds", "1,2,3,4,5")),
            Whole(Value("--search-seeds", "101")),
            Numbers(Value("--head-rates", "0.03,0.1,0.3,1")),
            Numbers(Value("--joint-head-rates", "0.03,0.1,0.3")),
            Numbers(Value("--adapter-rates", "0.003,0.01")),
            split < 0 ? [] : arguments[(split + 1)..]
        );
    }

    private static int[] Whole(string list) => [.. list.Split(',').Select(s => int.Parse(s, CultureInfo.InvariantCulture))];

    private static double[] Numbers(string list) =>
        [.. list.Split(',').Select(s => double.Parse(s, CultureInfo.InvariantCulture))];
}
