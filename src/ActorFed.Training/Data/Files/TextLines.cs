using System.IO.Compression;
using System.Text;

namespace ActorFed.Training.Data.Files;

/// <summary>The lines of a UTF-8 file, plain or gzip (by its ending .gz), each fault with the line it was met at.</summary>
internal static class TextLines
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Numbered from 1, without line ends. Reads as it is enumerated.</summary>
    /// <exception cref="DatasetException">No such file, damaged or cut gzip data, bytes that are not UTF-8.</exception>
    public static IEnumerable<(int Number, string Text)> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw DatasetException.Missing(path, "Give the path of an existing file.");
        }
        using var reader = Open(path);
        foreach (var line in Lines(reader, path))
        {
            yield return line;
        }
    }

    /// <summary>The same of a stream, to its end.</summary>
    /// <param name="name">What errors call it.</param>
    /// <param name="content">UTF-8; stays open.</param>
    public static IEnumerable<(int Number, string Text)> Read(string name, Stream content)
    {
        using var reader = new StreamReader(content, Strict, leaveOpen: true);
        foreach (var line in Lines(reader, name))
        {
            yield return line;
        }
    }

    private static IEnumerable<(int Number, string Text)> Lines(StreamReader reader, string path)
    {
        for (var number = 1; NextLine(reader, path, number) is { } line; number++)
        {
            yield return (number, line);
        }
    }

    private static StreamReader Open(string path)
    {
        Stream stream;
        try
        {
            stream = File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, 0, $"cannot be opened: {e.Message}", e);
        }
        return new StreamReader(IsGzip(path) ? new GZipStream(stream, CompressionMode.Decompress) : stream, Strict);
    }

    private static bool IsGzip(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static string? NextLine(StreamReader reader, string path, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (InvalidDataException e)
        {
            throw new DatasetException(path, number, $"the gzip data is damaged or cut short here: {e.Message}", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new DatasetException(path, number, $"bytes at or after this line are not UTF-8: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new DatasetException(path, number, $"cannot be read on: {e.Message}", e);
        }
    }
}
