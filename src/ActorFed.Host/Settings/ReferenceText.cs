using System.Text;

namespace ActorFed.Host.Settings;

/// <summary>hocon/reference.conf as the declarations say: each key with meaning, rule (with unit and range) and default.</summary>
/// <remarks>A test holds the file against it, so that a setting cannot be undocumented, or documented and not there.</remarks>
public static class ReferenceText
{
    private const string Head = """
        # Every setting of ActorFed with its default. A user's file (--config) or --set path=value goes over it.
        # Each key: what it means; which values it takes (unit in parentheses).
        # This file is made from the declarations of the settings, and a test holds it against them.

        """;

    /// <summary>The whole file.</summary>
    public static string Make()
    {
        var text = new StringBuilder(Head).Append("actorfed {\n");
        foreach (var section in SettingCatalog.BuiltIn.All.GroupBy(SectionOf))
        {
            text.Append($"  {section.Key} {{\n");
            text.AppendJoin('\n', section.Select(Entry));
            text.Append("  }\n\n");
        }

        text.Length--;
        return text.Append("}\n").ToString();
    }

    private static string SectionOf(SettingKey key)
    {
        var path = key.Path[(SettingKey.Root.Length + 1)..];
        return path[..path.LastIndexOf('.')];
    }

    private static string Entry(SettingKey key)
    {
        var name = key.Path[(key.Path.LastIndexOf('.') + 1)..];
        return $"    # {key.Summary}\n    # {char.ToUpperInvariant(key.Rule[0])}{key.Rule[1..]}.\n    {name} = {Value(key.Default)}\n";
    }

    // Words and numbers stand bare; anything else needs quotes in HOCON.
    private static string Value(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ' ') ? text : SettingTree.Quote(text);
}
