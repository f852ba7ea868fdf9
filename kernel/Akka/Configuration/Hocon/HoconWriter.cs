using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Values to text: one field a line, quotes only where the parser needs them.</summary>
internal static class HoconWriter
{
    public static string Write(HoconValue value)
    {
        var text = new StringBuilder();
        if (value.Fields is { } fields)
            WriteFields(text, fields, indent: 0);
        else
            WriteValue(text, value, indent: 0);
        return text.ToString();
    }

    private static void WriteFields(StringBuilder text, Dictionary<string, HoconValue> fields, int indent)
    {
        foreach (var (key, value) in fields)
        {
            text.Append(' ', indent).Append(IsBare(key, "_-") && key != "include" ? key : Quoted(key)).Append(" : ");
            WriteValue(text, value, indent);
            text.Append('\n');
        }
    }

    private static void WriteValue(StringBuilder text, HoconValue value, int indent)
    {
        if (value.Fields is { } fields)
        {
            text.Append("{\n");
            WriteFields(text, fields, indent + 2);
            text.Append(' ', indent).Append('}');
        }
        else if (value.Items is { } items)
            WriteItems(text, items, indent);
        else
            text.Append(value.GetString() is { } s ? Scalar(s) : "null");
    }

    private static void WriteItems(StringBuilder text, List<HoconValue> items, int indent)
    {
        text.Append('[');
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            WriteValue(text, items[i], indent);
        }
        text.Append(']');
    }

    private static string Scalar(string value) => IsBare(value, "_-.") && value != "null" ? value : Quoted(value);

    private static bool IsBare(string text, string also) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || also.Contains(c));

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            quoted.Append(
                c switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    _ when char.IsControl(c) || char.IsSurrogate(c) => "\\u"
                        + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                    _ => c.ToString(),
                }
            );
        return quoted.Append('"').ToString();
    }
}
