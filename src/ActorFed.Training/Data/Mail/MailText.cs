using System.Text.RegularExpressions;

namespace ActorFed.Training.Data.Mail;

/// <summary>What a model may see of a mail: its subject and its body. No other header may leak: senders and routes name the class.</summary>
/// <param name="Subject">Decoded; empty if there is none.</param>
/// <param name="Body">The readable parts, decoded, HTML stripped, attachments left out.</param>
public sealed partial record MailText(string Subject, string Body)
{
    private const int DeepestNesting = 16;

    /// <summary>Subject, line end, body; runs of white space within a line are one space, empty lines are gone.</summary>
    public string Text => Tidy($"{Subject}\n{Body}");

    /// <summary>Reads a message as it was sent (RFC 5322 and 2045 to 2049). Never fails: a damaged mail gives what can be read of it.</summary>
    public static MailText Parse(ReadOnlySpan<byte> message)
    {
        var text = System
            .Text.Encoding.Latin1.GetString(message)
            .Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace('\r', '\n');
        return ParseMessage(text.TrimStart('\n'), depth: 0);
    }

    private static MailText ParseMessage(string text, int depth)
    {
        var (headers, body) = MailHeaders.Split(text);
        return new(EncodedWords.Decode(headers["Subject"] ?? ""), BodyOf(headers, body, depth));
    }

    private static string BodyOf(MailHeaders headers, string body, int depth)
    {
        var type = ContentType.Parse(headers["Content-Type"]);
        if (depth > DeepestNesting || IsAttachment(headers))
        {
            return "";
        }
        return type.Media switch
        {
            "multipart/alternative" => Alternative(Parts(type, body), depth),
            _ when type.Media.StartsWith("multipart/", StringComparison.Ordinal) => All(Parts(type, body), depth),
            "message/rfc822" => ParseMessage(body.TrimStart('\n'), depth + 1).Text,
            _ when type.Media.StartsWith("text/", StringComparison.Ordinal) => Leaf(type, headers, body),
            _ => "",
        };
    }

    private static string Leaf(ContentType type, MailHeaders headers, string body)
    {
        var text = Charsets.Decode(type.Charset, TransferCoding.Decode(headers["Content-Transfer-Encoding"], body));
        return string.Equals(type.Media, "text/html", StringComparison.Ordinal) || HtmlText.LooksLikeHtml(text)
            ? HtmlText.Strip(text)
            : text;
    }

    // A plain part is preferred, an empty one does not count: some mailers send it beside the real HTML.
    private static string Alternative(IEnumerable<string> parts, int depth)
    {
        var texts = parts
            .Select(p => MailHeaders.Split(p))
            .Select(p => (ContentType.Parse(p.Headers["Content-Type"]).Media, Text: BodyOf(p.Headers, p.Body, depth + 1)))
            .Where(p => !string.IsNullOrWhiteSpace(p.Text))
            .ToList();
        return texts
                .OrderBy(p => string.Equals(p.Media, "text/plain", StringComparison.Ordinal) ? 0 : 1)
                .Select(p => p.Text)
                .FirstOrDefault()
            ?? "";
    }

    private static string All(IEnumerable<string> parts, int depth) =>
        string.Join('\n', parts.Select(p => MailHeaders.Split(p)).Select(p => BodyOf(p.Headers, p.Body, depth + 1)));

    /// <summary>The parts between boundary lines; the whole body as one plain part when there is no boundary to find.</summary>
    private static List<string> Parts(ContentType type, string body)
    {
        var parts = new List<string>();
        if (string.IsNullOrEmpty(type.Boundary))
        {
            return ["\n" + body];
        }
        var (open, close) = ($"--{type.Boundary}", $"--{type.Boundary}--");
        List<string>? part = null;
        foreach (var line in body.Split('\n'))
        {
            var bare = line.TrimEnd();
            var closes = string.Equals(bare, close, StringComparison.Ordinal);
            if (closes || string.Equals(bare, open, StringComparison.Ordinal))
            {
                Finish();
                part = closes ? null : [];
            }
            else
            {
                part?.Add(line);
            }
        }
        Finish();
        return parts.Count > 0 ? parts : ["\n" + body];

        void Finish()
        {
            if (part is not null)
            {
                parts.Add(string.Join('\n', part));
            }
        }
    }

    private static bool IsAttachment(MailHeaders headers) =>
        headers["Content-Disposition"]?.TrimStart().StartsWith("attachment", StringComparison.OrdinalIgnoreCase) == true;

    private static string Tidy(string text) =>
        string.Join('\n', text.Split('\n').Select(l => Space().Replace(l, " ").Trim()).Where(l => l.Length > 0));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
