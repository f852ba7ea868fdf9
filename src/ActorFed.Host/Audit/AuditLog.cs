using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ActorFed.Host.Audit;

/// <summary>An append-only file of JSON lines: who joined, sent, was refused. A line is one write; nothing is ever rewritten.</summary>
/// <param name="path">The file; made when the first line is written.</param>
/// <param name="time">For the time of each line.</param>
/// <param name="trouble">Is told once when lines cannot be written.</param>
internal sealed class AuditLog(string path, TimeProvider time, Action<string> trouble) : IDisposable
{
    private static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // for people's eyes; line ends and quotes are escaped all the same
    };

    private readonly Lock _gate = new();
    private FileStream? _file;
    private long _lost;

    /// <summary>Writes a line.</summary>
    /// <param name="what">The kind of event; docs/operations.md lists them.</param>
    /// <param name="fields">The rest, in order.</param>
    public void Write(string what, params (string Name, object? Value)[] fields)
    {
        lock (_gate)
        {
            if (_lost > 0 && TryWrite("lines-lost", [("count", _lost)]))
            {
                _lost = 0;
            }

            if (!TryWrite(what, fields))
            {
                _lost++;
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private bool TryWrite(string what, (string Name, object? Value)[] fields)
    {
        var line = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["time"] = time.GetUtcNow().ToString("O"),
            ["what"] = what,
        };
        foreach (var (name, value) in fields)
        {
            line[name] = value;
        }

        try
        {
            // A line of a run that was killed may be cut off: the next one begins on a line of its own.
            _file ??= Open();
            _file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line, Compact) + "\n"));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_lost == 0)
            {
                trouble($"{path}: the audit log cannot be written: {e.Message}. The run goes on; lost lines are counted.");
            }

            return false;
        }
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        if (file.Length > 0 && LastByte() != '\n')
        {
            file.WriteByte((byte)'\n');
        }

        return file;
    }

    private int LastByte()
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte();
    }
}
