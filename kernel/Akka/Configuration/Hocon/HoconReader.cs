using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>The characters of one text: white space, comments and quoted strings are known here, structure is not.</summary>
internal sealed class HoconReader(string text, string source)
{
    private const string Forbidden = "$\"{}[]:=,#`^?!@*&\\";
    private int _at;

    public bool AtEnd => _at >= text.Length;
    public char Current => AtEnd ? '\0' : text[_at];
    public int Position => _at;

    public HoconPlace Place(int? position = null)
    {
        var before = text.AsSpan(0, Math.Min(position ?? _at, text.Length));
        return new HoconPlace(source, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    public ConfigurationException Error(string problem) => Place().Error(problem);

    public string Describe() =>
        AtEnd ? "the end of the text"
        : Current == '\n' ? "the end of the line"
        : $"'{Current}'";

    public bool Looking(string at) => string.CompareOrdinal(text, _at, at, 0, at.Length) == 0;

    /// <summary>True when <paramref name="word"/>, white space (if any) and one of <paramref name="then"/> follow.</summary>
    public bool LookingPast(string word, string[] then)
    {
        if (!Looking(word))
            return false;
        var start = _at;
        _at += word.Length;
        TakeSpace();
        var found = then.Any(Looking);
        _at = start;
        return found;
    }

    public bool Take(string what)
    {
        if (!Looking(what))
            return false;
        _at += what.Length;
        return true;
    }

    public void Expect(char c, string why)
    {
        if (AtEnd || Current != c)
            throw Error($"expected '{c}' {why}, found {Describe()}.");
        _at++;
    }

    public static bool IsSpace(char c) => c != '\n' && (char.IsWhiteSpace(c) || c == '\uFEFF');

    public bool AtComment => Current == '#' && !AtEnd || Looking("//");

    /// <summary>White space up to the next other character of the line; what was skipped is part of a concatenation.</summary>
    public string TakeSpace()
    {
        var start = _at;
        while (!AtEnd && IsSpace(Current))
            _at++;
        return text[start.._at];
    }

    /// <summary>White space, comments and ends of lines.</summary>
    public void SkipBlank()
    {
        while (!AtEnd)
        {
            if (AtComment)
                SkipLine();
            else if (Current == '\n' || IsSpace(Current))
                _at++;
            else
                return;
        }
    }

    public string Since(int start) => text[start.._at];

    public void SkipLine()
    {
        while (!AtEnd && Current != '\n')
            _at++;
    }

    public bool AtUnquoted => !AtEnd && Current != '\n' && !IsSpace(Current) && !Forbidden.Contains(Current) && !AtComment;

    /// <summary>Unquoted text up to white space, a reserved character, a comment or one of <paramref name="stop"/>.</summary>
    public string TakeUnquoted(string stop = "")
    {
        var start = _at;
        while (AtUnquoted && !stop.Contains(Current))
            _at++;
        return text[start.._at];
    }

    public string TakeQuoted() => Take("\"\"\"") ? Raw() : Escaped();

    private string Raw()
    {
        var start = _at;
        var end = text.IndexOf("\"\"\"", _at, StringComparison.Ordinal);
        if (end < 0)
            throw Place(start - 3).Error("the string that begins here with \"\"\" is not closed.");
        while (end + 3 < text.Length && text[end + 3] == '"')
            end++; // quotes before the last three belong to the string
        _at = end + 3;
        return text[start..end];
    }

    private string Escaped()
    {
        var (start, result) = (_at++, new StringBuilder());
        while (!AtEnd && Current != '\n')
        {
            var c = text[_at++];
            if (c == '"')
                return result.ToString();
            result.Append(c == '\\' ? Escape() : c);
        }
        throw Place(start).Error("the quoted string that begins here is not closed on its line.");
    }

    private char Escape()
    {
        var c = Current;
        _at++;
        return c switch
        {
            '"' or '\\' or '/' => c,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => Unicode(),
            _ => throw Place(_at - 2).Error("a '\\' in a quoted string must be followed by one of \" \\ / b f n r t uXXXX."),
        };
    }

    private char Unicode()
    {
        var digits = text.AsSpan(_at, Math.Min(4, text.Length - _at));
        if (digits.Length < 4 || !ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, null, out var code))
            throw Place(_at - 2).Error("\\u must be followed by four hexadecimal digits.");
        _at += 4;
        return (char)code;
    }
}
