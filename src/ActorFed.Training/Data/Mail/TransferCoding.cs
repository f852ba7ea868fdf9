namespace ActorFed.Training.Data.Mail;

/// <summary>Content-Transfer-Encoding (RFC 2045, section 6). The text is Latin-1: one char is one byte.</summary>
internal static class TransferCoding
{
    /// <summary>Never fails: what is damaged is left out, what is unknown stays as it is.</summary>
    public static byte[] Decode(string? coding, string text) =>
        coding?.Trim().ToLowerInvariant() switch
        {
            "base64" => Base64(text),
            "quoted-printable" => QuotedPrintable(text, underscoreIsSpace: false),
            _ => System.Text.Encoding.Latin1.GetBytes(text),
        };

    /// <summary>Decodes up to the last whole group; characters outside the alphabet do not count.</summary>
    public static byte[] Base64(string text)
    {
        var bytes = new List<byte>(text.Length * 3 / 4);
        var (bits, count) = (0, 0);
        foreach (var c in text)
        {
            if (c == '=')
            {
                break;
            }
            var value = Sextet(c);
            if (value < 0)
            {
                continue;
            }
            (bits, count) = (((bits << 6) | value) & 0xFFFF, count + 6);
            if (count >= 8)
            {
                count -= 8;
                bytes.Add((byte)(bits >> count));
            }
        }
        return [.. bytes];
    }

    /// <summary>Also the Q coding of headers, where an underscore is a space.</summary>
    public static byte[] QuotedPrintable(string text, bool underscoreIsSpace)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '=' && SoftBreak(text, i) is > 0 and var skip)
            {
                i += skip;
            }
            else if (c == '=' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.Add((byte)(c == '_' && underscoreIsSpace ? ' ' : c));
            }
        }
        return [.. bytes];
    }

    /// <summary>How many characters after an equals sign belong to a line end that is not meant; 0 for none.</summary>
    private static int SoftBreak(string text, int equals)
    {
        var i = equals + 1;
        while (i < text.Length && text[i] is ' ' or '\t' or '\r')
        {
            i++;
        }
        return i < text.Length && text[i] == '\n' ? i - equals : 0;
    }

    private static int Sextet(char c) =>
        c switch
        {
            >= 'A' and <= 'Z' => c - 'A',
            >= 'a' and <= 'z' => c - 'a' + 26,
            >= '0' and <= '9' => c - '0' + 52,
            '+' => 62,
            '/' => 63,
            _ => -1,
        };
}
