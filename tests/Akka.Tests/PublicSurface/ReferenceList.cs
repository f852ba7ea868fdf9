using System.Text.RegularExpressions;

namespace Akka.Tests.PublicSurface;

/// <summary>The published surface of Akka.NET as a committed list: members by type.</summary>
internal sealed partial class ReferenceList
{
    private readonly Dictionary<string, HashSet<string>> _types = new(StringComparer.Ordinal);

    public ReferenceList(IEnumerable<string> lines)
    {
        HashSet<string>? members = null;
        foreach (var line in lines.Where(l => l.Length > 0))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
                members?.Add(Normal(line.Trim()));
            else if (TypeLine().Match(line) is { Success: true } type)
                members = Of(type.Groups[1].Value);
        }
    }

    private HashSet<string> Of(string type) =>
        _types.TryGetValue(type, out var members) ? members : _types[type] = new HashSet<string>(StringComparer.Ordinal);

    public bool Knows(string type) => _types.ContainsKey(type);

    public bool Has(string type, string member)
    {
        var listed = _types[type];
        return listed.Contains(Normal(member)) || listed.Contains("? " + Name().Match(member).Value); // "?": the signature is not known
    }

    /// <summary>Without what reflection cannot tell apart or the list writes in two ways.</summary>
    private static string Normal(string member)
    {
        var plain = member.Replace("virtual ", "", StringComparison.Ordinal).Replace("abstract ", "", StringComparison.Ordinal);
        return Outer().Replace(plain, "");
    }

    [GeneratedRegex(@"^([A-Za-z0-9_.+]+)(<T>)?( |$)")]
    private static partial Regex TypeLine();

    /// <summary>The name in "T Name(...)", ".ctor(...)" or "prop T Name".</summary>
    [GeneratedRegex(@"\.?\w+(?=\(|$)")]
    private static partial Regex Name();

    [GeneratedRegex(@"\w+\+")]
    private static partial Regex Outer();
}
