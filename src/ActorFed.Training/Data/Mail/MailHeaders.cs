namespace ActorFed.Training.Data.Mail;

/// <summary>The header block of a mail or of one of its parts, and the body after it. Text is Latin-1: one char is one byte.</summary>
internal sealed class MailHeaders
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private MailHeaders() { }

    /// <summary>A header's value, unfolded, the first where it comes twice; null if it is not there.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Splits at the first empty line; a text that does not begin with a header is all body.</summary>
    /// <remarks>
    /// A line inside the block that is neither header nor continuation is dropped. Ending the block there, as some readers do, would
    /// let the headers after it leak into the body.
    /// </remarks>
    /// <param name="text">Lines end in \n.</param>
    public static (MailHeaders Headers, string Body) Split(string text)
    {
        if (!BeginsWithHeader(text))
        {
            return (new MailHeaders(), text.StartsWith('\n') ? text[1..] : text);
        }
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var (block, body) = end < 0 ? (text, "") : (text[..end], text[(end + 2)..]);
        var headers = new MailHeaders();
        string? open = null; // the header that a continuation line belongs to
        foreach (var line in block.Split('\n'))
        {
            open = headers.Add(line, open);
        }
        return (headers, body);
    }

    private string? Add(string line, string? open)
    {
        if (line.Length > 0 && line[0] is ' ' or '\t')
        {
            if (open is not null)
            {
                _values[open] += " " + line.Trim();
            }
            return open;
        }
        return NameOf(line) is { } name && _values.TryAdd(name, line[(name.Length + 1)..].Trim()) ? name : null;
    }

    private static bool BeginsWithHeader(string text)
    {
        var first = text.Split('\n', 2)[0];
        return NameOf(first) is not null || IsEnvelope(first);
    }

    private static string? NameOf(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && line.AsSpan(0, colon).IndexOfAnyExceptInRange('!', '~') < 0 ? line[..colon] : null;
    }

    // The mbox separator is no header: "From somebody Thu Aug 22 13:17:22 2002", quoted by some tools.
    private static bool IsEnvelope(string line) =>
        line.StartsWith("From ", StringComparison.Ordinal) || line.StartsWith(">From ", StringComparison.Ordinal);
}
