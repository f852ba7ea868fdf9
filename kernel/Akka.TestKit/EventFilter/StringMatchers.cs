using System.Text.RegularExpressions;

namespace Akka.TestKit.Internal.StringMatcher;

/// <summary>What a text must be like.</summary>
public interface IStringMatcher
{
    bool IsMatch(string s);
}

internal sealed class MatchesAll : IStringMatcher
{
    public static readonly MatchesAll Instance = new();

    public bool IsMatch(string s) => true;

    public override string ToString() => "any";
}

internal sealed class TextMatcher(string what, string text, Func<string, string, bool> matches) : IStringMatcher
{
    public bool IsMatch(string s) => matches(s, text);

    public override string ToString() => $"{what} \"{text}\"";

    public static IStringMatcher Equal(string text) => new TextMatcher("equal to", text, (s, t) => s == t);

    public static IStringMatcher StartsWith(string text) =>
        new TextMatcher("starting with", text, (s, t) => s.StartsWith(t, StringComparison.Ordinal));

    public static IStringMatcher Contains(string text) =>
        new TextMatcher("containing", text, (s, t) => s.Contains(t, StringComparison.Ordinal));

    /// <summary>The source of an event: the text itself, or the path of an actor, with or without address and uid.</summary>
    public static IStringMatcher Source(string text) =>
        new TextMatcher("equal to", text, (s, t) => s == t || Local(s) == Local(t));

    /// <summary><c>[akka://sys/user/a#123]</c> and <c>/user/a</c> are the same source.</summary>
    private static string Local(string source)
    {
        var path = source.Trim('[', ']').Split(' ', '#')[0];
        var host = path.IndexOf("://", StringComparison.Ordinal);
        var root = host < 0 ? -1 : path.IndexOf('/', host + 3);
        return root < 0 ? path : path[root..];
    }
}

internal sealed class RegexMatcher(Regex pattern) : IStringMatcher
{
    public bool IsMatch(string s) => pattern.IsMatch(s);

    public override string ToString() => $"like /{pattern}/";
}
