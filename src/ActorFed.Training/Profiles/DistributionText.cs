using System.Globalization;

namespace ActorFed.Training.Profiles;

/// <summary>Distributions as settings write them: name or name(number, number).</summary>
internal static class DistributionText
{
    /// <exception cref="FormatException">Parentheses do not match, or what stands between them is no finite number.</exception>
    public static (string Name, double[] Numbers) Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bare = text.Trim();
        var open = bare.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return (bare, []);
        }
        if (!bare.EndsWith(')'))
        {
            throw new FormatException($"'{text}': a closing parenthesis is expected at the end.");
        }
        return (bare[..open].Trim(), [.. bare[(open + 1)..^1].Split(',').Select(n => Number(text, n))]);
    }

    private static double Number(string text, string number) =>
        double.TryParse(number.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new FormatException($"'{text}': '{number.Trim()}' is no number.");
}
