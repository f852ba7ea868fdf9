using System.Text.RegularExpressions;

namespace ActorFed.Training.Data.Mail;

/// <summary>A Content-Type header: media type in lower case, charset and boundary.</summary>
internal sealed partial record ContentType(string Media, string? Charset, string? Boundary)
{
    /// <summary>Never fails: without a usable header it is text/plain (RFC 2045, section 5.2).</summary>
    public static ContentType Parse(string? header)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            return new("text/plain", null, null);
        }
        var media = header.Split(';')[0].Trim().ToLowerInvariant();
        return new(
            media.Contains('/', StringComparison.Ordinal) ? media : "text/plain",
            Parameter(header, "charset"),
            Parameter(header, "boundary")
        );
    }

    private static string? Parameter(string header, string name)
    {
        foreach (Match m in NameAndValue().Matches(header))
        {
            if (m.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return m.Groups["quoted"].Success ? m.Groups["quoted"].Value : m.Groups["bare"].Value;
            }
        }
        return null;
    }

    [GeneratedRegex(
        """;\s*(?<name>[A-Za-z0-9*-]+)\s*=\s*(?:"(?<quoted>[^"]*)"|(?<bare>[^;\s"]+))""",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex NameAndValue();
}
