using System.Text.RegularExpressions;

namespace ActorFed.Training.Data.Mail;

/// <summary>Headers that are not ASCII: =?charset?B|Q?text?= (RFC 2047).</summary>
internal static partial class EncodedWords
{
    /// <summary>The header as a reader sees it; 8-bit headers of older mailers are decoded as text too. Never fails.</summary>
    public static string Decode(string header)
    {
        if (!header.Contains("=?", StringComparison.Ordinal))
        {
            return Charsets.Decode(null, System.Text.Encoding.Latin1.GetBytes(header));
        }
        // White space between two encoded words only separates them (RFC 2047, section 6.2).
        return Word().Replace(BetweenWords().Replace(header, "?="), DecodeWord);
    }

    private static string DecodeWord(Match word)
    {
        var text = word.Groups["text"].Value;
        var bytes = word.Groups["coding"].Value is "B" or "b"
            ? TransferCoding.Base64(text)
            : TransferCoding.QuotedPrintable(text, underscoreIsSpace: true);
        return Charsets.Decode(word.Groups["charset"].Value, bytes);
    }

    [GeneratedRegex(@"=\?(?<charset>[^?*]+)(?:\*[^?]*)?\?(?<coding>[BbQq])\?(?<text>[^?]*)\?=", RegexOptions.ExplicitCapture)]
    private static partial Regex Word();

    [GeneratedRegex(@"\?=\s+(?==\?)")]
    private static partial Regex BetweenWords();
}
