using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorFed.Host.Results;

/// <summary>result.json: camelCase, indented, UTF-8, numbers in their shortest round-trip form, absent values left out.</summary>
public static class ResultJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The object as text, with a line end.</summary>
    public static string Text(RunResult result) => Write(result);

    /// <summary>Any object of ours in the same form, with a line end.</summary>
    internal static string Write<T>(T value) => JsonSerializer.Serialize(value, Options) + "\n";

    /// <summary>The object of a text that <see cref="Write{T}"/> made.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    internal static T Parse<T>(string text) =>
        JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("it is null");

    /// <summary>A result.json that some run left.</summary>
    /// <exception cref="UserException">Not there or no result.json; names the file.</exception>
    public static RunResult Read(string path) => Read<RunResult>(path);

    /// <summary>Any object of ours from its file.</summary>
    /// <exception cref="UserException">Not there or no such object; names the file.</exception>
    internal static T Read<T>(string path)
    {
        try
        {
            return Parse<T>(File.ReadAllText(path));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UserException(ExitCode.RunFailed, $"{path}: no result can be read from it: {e.Message}", e);
        }
    }
}
