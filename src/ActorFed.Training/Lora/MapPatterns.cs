using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using ActorFed.Training.Models;

namespace ActorFed.Training.Lora;

/// <summary>Chooses linear maps by name: <c>layers.*.attention.{q,v}</c>.</summary>
/// <remarks><c>*</c> stands for any characters but a dot, <c>**</c> for any characters, <c>?</c> for one, <c>{a,b}</c> for either.</remarks>
public static class MapPatterns
{
    /// <summary>The maps that some pattern names, in the model's order.</summary>
    /// <exception cref="ArgumentException">A pattern that names no map (with the names there are), or braces that do not match.</exception>
    public static ImmutableArray<LinearMap> Select(ImmutableArray<LinearMap> maps, IReadOnlyList<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var expressions = patterns.Select(p => (Pattern: p, Regex: Compile(p))).ToList();
        foreach (var (pattern, regex) in expressions)
        {
            if (!maps.Any(m => regex.IsMatch(m.Name)))
            {
                throw new ArgumentException(
                    $"The pattern '{pattern}' names no linear map; there are: {string.Join(", ", maps.Select(m => m.Name))}."
                );
            }
        }

        return [.. maps.Where(m => expressions.Exists(e => e.Regex.IsMatch(m.Name)))];
    }

    private static Regex Compile(string pattern)
    {
        if (pattern.Count(c => c == '{') != pattern.Count(c => c == '}'))
        {
            throw new ArgumentException($"The braces of the pattern '{pattern}' do not match.");
        }

        var text = new StringBuilder("^");
        var depth = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            depth += c == '{' ? 1 : 0;
            text.Append(
                c switch
                {
                    '*' when i + 1 < pattern.Length && pattern[i + 1] == '*' => ".*",
                    '*' => "[^.]*",
                    '?' => "[^.]",
                    '{' => "(?:",
                    '}' => ")",
                    ',' when depth > 0 => "|",
                    _ => Regex.Escape(c.ToString()),
                }
            );
            i += c == '*' && i + 1 < pattern.Length && pattern[i + 1] == '*' ? 1 : 0;
            depth -= c == '}' ? 1 : 0;
        }

        return new(text.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
    }
}
