using System.Text;

namespace ActorFed.Training.Tokenizers.Unicode;

/// <summary>Unicode normalisation form KC, the same on every machine.</summary>
/// <remarks>
/// string.Normalize leaves text outside ASCII as it is when InvariantGlobalization is on, and else depends on the ICU installed; ids of
/// tokens must not. Tables: nfkc.txt, made by make-nfkc.py. Source: Unicode Standard Annex 15 (https://unicode.org/reports/tr15/).
/// </remarks>
public static class Nfkc
{
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int Vowels = 21;
    private const int Tails = 28;
    private const int Syllables = 11172;

    private static readonly Lazy<NfkcTables> Tables = new(NfkcTables.Load);

    /// <summary>The text in form KC. Half a surrogate pair becomes U+FFFD.</summary>
    public static string Normalize(string text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return text;
        }
        var tables = Tables.Value;
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, points, tables);
        }
        Reorder(points, tables);
        Compose(points, tables);
        var result = new StringBuilder(points.Count);
        foreach (var point in points)
        {
            result.Append(new Rune(point).ToString());
        }
        return result.ToString();
    }

    private static void Decompose(int point, List<int> into, NfkcTables tables)
    {
        var syllable = point - HangulBase;
        if (syllable is >= 0 and < Syllables)
        {
            into.Add(LeadBase + (syllable / (Vowels * Tails)));
            into.Add(VowelBase + (syllable % (Vowels * Tails) / Tails));
            if (syllable % Tails != 0)
            {
                into.Add(TailBase + (syllable % Tails));
            }
        }
        else if (tables.Decompositions.TryGetValue(point, out var mapping))
        {
            into.AddRange(mapping);
        }
        else
        {
            into.Add(point);
        }
    }

    /// <summary>Marks on one base stand in the order of their classes; equal classes keep their order (insertion sort is stable).</summary>
    private static void Reorder(List<int> points, NfkcTables tables)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var mark = points[i];
            var own = tables.ClassOf(mark);
            var j = i;
            while (own != 0 && j > 0 && tables.ClassOf(points[j - 1]) > own)
            {
                points[j] = points[j - 1];
                j--;
            }
            points[j] = mark;
        }
    }

    private static void Compose(List<int> points, NfkcTables tables)
    {
        var (starter, kept, last) = (-1, 0, -1); // last: class of the mark before; -1 directly after the starter
        foreach (var point in points.ToArray())
        {
            var own = tables.ClassOf(point);
            if (starter >= 0 && last < own && Pair(points[starter], point, tables) is { } composed)
            {
                points[starter] = composed;
                continue;
            }
            (starter, last) = own == 0 ? (kept, -1) : (starter, own);
            points[kept++] = point;
        }
        points.RemoveRange(kept, points.Count - kept);
    }

    private static int? Pair(int first, int second, NfkcTables tables)
    {
        if (first is >= LeadBase and < LeadBase + 19 && second is >= VowelBase and < VowelBase + Vowels)
        {
            return HangulBase + ((((first - LeadBase) * Vowels) + (second - VowelBase)) * Tails);
        }
        var syllable = first - HangulBase;
        if (syllable is >= 0 and < Syllables && syllable % Tails == 0 && second is > TailBase and < TailBase + Tails)
        {
            return first + (second - TailBase);
        }
        return tables.Compositions.TryGetValue((first, second), out var composed) ? composed : null;
    }
}
