using System.Text.Json;

namespace ActorFed.Training.Data.Files;

/// <summary>Reads JSON lines: one object a line; empty lines are passed over.</summary>
internal static class JsonLines
{
    /// <exception cref="DatasetException">A line is no JSON object, or names a key twice.</exception>
    public static IEnumerable<Row> Read(string path)
    {
        foreach (var (number, text) in TextLines.Read(path))
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return Parse(path, number, text);
            }
        }
    }

    private static Row Parse(string path, int line, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new DatasetException(path, line, $"a JSON object is expected, this is {json.RootElement.ValueKind}.");
            }
            var values = new Dictionary<string, string?>(StringComparer.Ordinal);
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (!values.TryAdd(property.Name, ValueOf(property.Value)))
                {
                    throw new DatasetException(path, line, $"the key '{property.Name}' comes twice.");
                }
            }
            return new Row(path, line, values);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DatasetException(path, line, $"not valid JSON: {e.Message}", e);
        }
    }

    private static string? ValueOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        };
}
