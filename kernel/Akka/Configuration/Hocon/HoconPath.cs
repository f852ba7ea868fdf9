using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Dotted paths: <c>a.b."c.d"</c> has the three elements a, b and c.d.</summary>
internal static class HoconPath
{
    public static string[] Split(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var elements = new List<string>();
        var (element, quoted, hadQuotes) = (new StringBuilder(), false, false);
        foreach (var c in path)
        {
            if (c == '"')
                (quoted, hadQuotes) = (!quoted, true);
            else if (c == '.' && !quoted)
            {
                elements.Add(Checked());
                hadQuotes = false;
            }
            else
                element.Append(c);
        }
        if (quoted)
            throw new ConfigurationException($"The path '{path}' has a quote that is not closed.");
        elements.Add(Checked());
        return [.. elements];

        string Checked()
        {
            if (element.Length == 0 && !hadQuotes)
                throw new ConfigurationException($"The path '{path}' has an empty element; quote it (\"\") if it is meant.");
            var text = element.ToString();
            element.Clear();
            return text;
        }
    }
}
