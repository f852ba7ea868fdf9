using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActorFed.Host.Results;
using ActorFed.Host.Runs;

namespace ActorFed.Host.Comparison;

/// <summary>Finished cells as files: cells/ID.json, written in one step, with a hash that tells a whole file from a broken one.</summary>
/// <param name="folder">The comparison's folder.</param>
/// <param name="disk">Where the files go.</param>
/// <param name="warn">Is told about files that cannot be used.</param>
internal sealed class CellStore(string folder, IDisk disk, Action<string> warn)
{
    /// <summary>The cell's record; null where there is none, or a file that cannot be used.</summary>
    public CellRecord? Find(string id)
    {
        var path = PathOf(id);
        if (!disk.Exists(path))
        {
            return null;
        }

        try
        {
            return Read(disk.Read(path), id);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            warn($"{path}: cannot be used, the cell is run again: {e.Message}");
            return null;
        }
    }

    /// <summary>Keeps a record; durable before it returns.</summary>
    /// <exception cref="DiskException">It cannot be written; an older file is untouched.</exception>
    public void Save(CellRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var cell = ResultJson.Write(record).TrimEnd();
        disk.Write(PathOf(record.Id), Encoding.UTF8.GetBytes($"{{\"sha256\": \"{Hash(cell)}\", \"cell\": {cell}}}\n"));
    }

    private string PathOf(string id) => Path.Combine(folder, "cells", $"{id}.json");

    private static CellRecord Read(byte[] bytes, string id)
    {
        using var document = JsonDocument.Parse(bytes);
        if (
            document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("sha256", out var said)
            || !document.RootElement.TryGetProperty("cell", out var cell)
        )
        {
            throw new InvalidDataException("it is no cell: sha256 and cell are expected.");
        }

        var found = Hash(cell.GetRawText());
        if (said.ToString() != found)
        {
            throw new InvalidDataException($"its content has the hash {found}, not {said}.");
        }

        var record = ResultJson.Parse<CellRecord>(cell.GetRawText());
        return record.Id == id ? record : throw new InvalidDataException($"it holds the cell {record.Id}.");
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
