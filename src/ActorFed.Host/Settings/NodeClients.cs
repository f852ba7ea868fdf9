using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using ActorFed.Training.Federation;

namespace ActorFed.Host.Settings;

/// <summary>Which clients live on a node: all, places in client order (1-8), or a share (2/3: the second of three).</summary>
/// <param name="First">The first place, from 1; 0 for a share.</param>
/// <param name="Last">The last place, included; of a share the number of shares.</param>
/// <param name="Share">Which share, from 1; 0 for places.</param>
public sealed partial record NodeClients(int First, int Last, int Share)
{
    /// <summary>The rule, for people.</summary>
    public const string Rule = "all, places as in 1-8, or a share as in 2/3 (the second of three)";

    /// <summary>The choice that a text names.</summary>
    /// <exception cref="FormatException">It names none.</exception>
    public static NodeClients Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "all")
        {
            return new(0, 1, 1);
        }

        var match = Form().Match(text);
        var (a, b) = match.Success ? (Number(match.Groups[1]), Number(match.Groups[3])) : (0, 0);
        return a < 1 || a > b ? throw new FormatException($"'{text}': {Rule} is expected.")
            : match.Groups[2].Value == "/" ? new(0, b, a)
            : new(a, b, 0);
    }

    /// <summary>The clients themselves.</summary>
    /// <param name="all">Every client of the run, in client order.</param>
    /// <exception cref="UserException">There are fewer clients than the places name, or none for this share.</exception>
    public ImmutableArray<ClientProfile> Of(ImmutableArray<ClientProfile> all)
    {
        var (from, to) =
            Share > 0
                ? ((int)((long)all.Length * (Share - 1) / Last), (int)((long)all.Length * Share / Last))
                : (First - 1, Last);
        return to > all.Length || from >= to
            ? throw new UserException(
                ExitCode.BadSettings,
                $"actorfed.node.clients: the run has {all.Length} clients; there are none from place {from + 1} to {to}."
            )
            : all[from..to];
    }

    private static int Number(Group digits) =>
        int.TryParse(digits.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex("^([0-9]{1,9})([-/])([0-9]{1,9})$")]
    private static partial Regex Form();
}
