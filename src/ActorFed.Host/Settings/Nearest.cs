namespace ActorFed.Host.Settings;

/// <summary>The known key that an unknown one was probably meant to be.</summary>
internal static class Nearest
{
    /// <summary>The one with the fewest edits, a root that was left out not counted; null when even that is no likely slip.</summary>
    public static string? Of(string unknown, IEnumerable<string> known)
    {
        var full = SettingKey.Rooted(unknown);
        var (best, edits) = known
            .Select(k => (Key: k, Edits: Edits(full, k)))
            .Append((Key: "", Edits: int.MaxValue))
            .MinBy(x => x.Edits);
        var lastPart = unknown[(unknown.LastIndexOf('.') + 1)..];
        return edits <= Math.Max(3, lastPart.Length / 2) ? best : SameLastPart(lastPart, known);
    }

    /// <summary>Levenshtein distance; a missing section counts as its letters.</summary>
    internal static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }

    private static string? SameLastPart(string part, IEnumerable<string> known) =>
        known.FirstOrDefault(k => k.EndsWith($".{part}", StringComparison.Ordinal));
}
