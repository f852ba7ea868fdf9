namespace Akka.Configuration.Hocon;

/// <summary><c>include "x"</c>, <c>include file("x")</c> or <c>include required(...)</c>.</summary>
internal sealed record HoconIncludeStatement(string Name, bool Required, HoconPlace Place)
{
    private static readonly string[] Starts = ["\"", "file(", "required(", "url(", "classpath("];

    public static HoconIncludeStatement? TryTake(HoconReader reader)
    {
        var place = reader.Place();
        if (!reader.LookingPast("include", Starts))
            return null;
        reader.Take("include");
        reader.TakeSpace();
        var required = reader.Take("required(");
        var file = reader.Take("file(");
        if (reader.Looking("url(") || reader.Looking("classpath("))
            throw reader.Error("only files can be included; url(...) and classpath(...) cannot.");
        if (reader.AtEnd || reader.Current != '"')
            throw reader.Error($"expected the quoted name of the file to include, found {reader.Describe()}.");
        var name = reader.TakeQuoted();
        if (file)
            reader.Expect(')', "after file(\"...\"");
        if (required)
            reader.Expect(')', "after required(...");
        return new HoconIncludeStatement(name, required, place);
    }
}

/// <summary>Where included texts come from: the caller's callback, or files beside the including one.</summary>
internal sealed class HoconIncludes(Func<string, HoconRoot?>? callback, string folder, int depth = 0)
{
    private const int MaxDepth = 50;

    public HoconFields Read(HoconIncludeStatement include, string[] prefix, List<HoconReference> references) =>
        callback is null ? File(include, prefix, references) : Call(include, callback);

    private static HoconFields Call(HoconIncludeStatement include, Func<string, HoconRoot?> callback)
    {
        var value = callback(include.Name)?.Value;
        var fields = new HoconFields();
        if (value is null && include.Required)
            throw include.Place.Error($"the required include '{include.Name}' was not found.");
        if (value is { IsEmpty: false } && !value.IsObject())
            throw include.Place.Error($"the include '{include.Name}' must be an object.");
        foreach (var (key, item) in value?.Fields ?? [])
            fields.Add([key], new HoconDefinition([new HoconKnown(item)], include.Place));
        return fields;
    }

    /// <summary>A missing file is empty, by the HOCON specification, unless <c>required(...)</c> says otherwise.</summary>
    private HoconFields File(HoconIncludeStatement include, string[] prefix, List<HoconReference> references)
    {
        if (depth >= MaxDepth)
            throw include.Place.Error($"includes are nested more than {MaxDepth} deep; '{include.Name}' may include itself.");
        var path = Path.GetFullPath(include.Name, folder);
        if (!System.IO.File.Exists(path))
            return include.Required ? throw include.Place.Error($"the required file '{path}' was not found.") : new HoconFields();
        var reader = new HoconReader(Text(path, include), path);
        var includes = new HoconIncludes(null, Path.GetDirectoryName(path)!, depth + 1);
        return new HoconParser(reader, includes, prefix, references).Document();
    }

    private static string Text(string path, HoconIncludeStatement include)
    {
        try
        {
            return System.IO.File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(include.Place.Error($"the file '{path}' cannot be read.").Message, e);
        }
    }
}
