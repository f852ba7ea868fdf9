namespace ActorFed.Training.Data.Named;

/// <summary>Where a message varies, by its template: what stands where the template has &lt;*&gt;. Pure.</summary>
internal static class LogTemplate
{
    private const string Hole = "<*>";

    /// <summary>The words of a message, each with whether any of it varies; null where the message is not one of the template.</summary>
    public static IReadOnlyList<(string Word, bool Varies)>? Tag(string content, string template)
    {
        if (Holes(content, template) is not { } holes)
        {
            return null;
        }

        var words = new List<(string, bool)>();
        for (var at = 0; at < content.Length; )
        {
            if (char.IsWhiteSpace(content[at]))
            {
                at++;
                continue;
            }

            var end = at;
            while (end < content.Length && !char.IsWhiteSpace(content[end]))
            {
                end++;
            }

            var (from, to) = (at, end);
            words.Add((content[from..to], holes.Any(h => h.From < to && h.To > from)));
            at = end;
        }

        return words;
    }

    // The constant pieces in turn, each at its first place; the last one at the end: that finds a match wherever there is one.
    private static List<(int From, int To)>? Holes(string content, string template)
    {
        var pieces = template.Split(Hole);
        if (pieces.Length == 1)
        {
            return content == template ? [] : null;
        }

        if (!content.StartsWith(pieces[0], StringComparison.Ordinal))
        {
            return null;
        }

        var holes = new List<(int, int)>();
        var at = pieces[0].Length;
        for (var i = 1; i < pieces.Length; i++)
        {
            var next =
                i == pieces.Length - 1 ? Last(content, pieces[i]) : content.IndexOf(pieces[i], at, StringComparison.Ordinal);
            if (next < at)
            {
                return null;
            }

            holes.Add((at, next));
            at = next + pieces[i].Length;
        }

        return holes;
    }

    private static int Last(string content, string piece) =>
        content.EndsWith(piece, StringComparison.Ordinal) ? content.Length - piece.Length : -1;
}
