using System.Collections.Immutable;
using System.Text;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace ActorFed.Host.Settings;

/// <summary>HOCON as paths and texts, and back.</summary>
public static class SettingTree
{
    /// <summary>Every leaf: a list is its items, separated by blanks.</summary>
    public static ImmutableSortedDictionary<string, string> Flatten(Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var leaves = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in config.IsEmpty ? [] : config.AsEnumerable())
        {
            Add(leaves, key, value);
        }

        return leaves.ToImmutable();
    }

    /// <summary>One line a leaf: path = "text".</summary>
    public static string Text(IEnumerable<KeyValuePair<string, string>> leaves) =>
        string.Concat(leaves.Select(l => $"{l.Key} = {Quote(l.Value)}\n"));

    /// <summary>The configuration of one path.</summary>
    public static Config Of(string path, string text) => ConfigurationFactory.ParseString($"{path} = {Quote(text)}");

    /// <summary>A HOCON string.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(
                c switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    < ' ' => $"\\u{(int)c:x4}",
                    _ => c.ToString(),
                }
            );
        }

        return quoted.Append('"').ToString();
    }

    private static void Add(ImmutableSortedDictionary<string, string>.Builder leaves, string path, HoconValue value)
    {
        if (value.IsObject())
        {
            foreach (var (key, inner) in value.GetObject().Items)
            {
                Add(leaves, $"{path}.{key}", inner);
            }
        }
        else
        {
            leaves[path] = value.IsArray() ? string.Join(' ', value.GetArray().Select(Leaf)) : Leaf(value);
        }
    }

    private static string Leaf(HoconValue value) => (value.IsString() ? value.GetString() : value.ToString())?.Trim() ?? "";
}
