using System.Net;
using System.Text.RegularExpressions;

namespace ActorFed.Training.Data.Mail;

/// <summary>The words of an HTML page as a reader sees them: no tags, comments, scripts or styles; entities decoded.</summary>
internal static partial class HtmlText
{
    /// <summary>True for a text that is HTML whatever its Content-Type says.</summary>
    public static bool LooksLikeHtml(string text) => Start().IsMatch(text);

    /// <summary>Never fails. Spam splits words by comments and empty tags: those leave no gap, tags that begin a line or cell do.</summary>
    public static string Strip(string html)
    {
        var text = Hidden().Replace(html, "");
        text = Breaks().Replace(text, "\n");
        text = Tag().Replace(text, "");
        return WebUtility.HtmlDecode(text);
    }

    [GeneratedRegex(@"^\s*(<!doctype\s+html|<html|<head|<body)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Start();

    [GeneratedRegex(
        @"<!--.*?(-->|\z)|<(script|style|title)\b[^>]*>.*?(</\2\s*>|\z)|<![^>]*>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline
    )]
    private static partial Regex Hidden();

    [GeneratedRegex(
        @"</?(p|br|div|tr|td|th|li|ul|ol|h[1-6]|table|center|hr|blockquote|pre|option|form|dd|dt)\b[^>]*>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Breaks();

    [GeneratedRegex(@"</?[A-Za-z][^>]*>")]
    private static partial Regex Tag();
}
