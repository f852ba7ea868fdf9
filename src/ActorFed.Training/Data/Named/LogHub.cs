using System.Formats.Tar;
using System.IO.Compression;
using ActorFed.Training.Data.Files;

namespace ActorFed.Training.Data.Named;

/// <summary>One line of a system's log with the template that its people gave it.</summary>
/// <param name="System">The system: HDFS, Spark, ...</param>
/// <param name="Number">Its number in the system's file, from 1: the order of time.</param>
/// <param name="Content">The message, without time, level and component.</param>
/// <param name="EventId">The template's id, unique in its system.</param>
/// <param name="Template">The message with &lt;*&gt; for whatever varies.</param>
/// <param name="Path">File, and the one in it.</param>
internal sealed record LogLine(string System, int Number, string Content, string EventId, string Template, string Path)
{
    /// <summary>Unique among all systems.</summary>
    public string Id => $"{System}/{Number:D4}";

    /// <summary>Unique among all systems.</summary>
    public string Event => $"{System}/{EventId}";
}

/// <summary>LogHub-2k: 2,000 lines of each of 16 systems, every one with its event template; a message that comes again is left out.</summary>
/// <remarks>Source: Zhu et al. 2023, "Loghub: A Large Collection of System Log Datasets" (https://arxiv.org/abs/2008.06448).</remarks>
internal static class LogHub
{
    private const string Archive = "loghub-2k.tar.gz";
    private const string Suffix = "_2k.log_structured.csv";

    /// <summary>The lines by system in ordinal order, each system's in the order of time, and how many repeat an earlier one of their system.</summary>
    /// <exception cref="DatasetException">The archive is missing or damaged, has no log, or a log has a row without what is needed.</exception>
    public static (IReadOnlyList<LogLine> Lines, int Repeated) Read(DatasetFolders folders)
    {
        var path = folders.AtDataRoot(Archive);
        var all = Logs(path).OrderBy(log => log.System, StringComparer.Ordinal).SelectMany(log => log.Lines).ToList();
        if (all.Count == 0)
        {
            throw new DatasetException(path, 0, $"it has no log: files named SYSTEM{Suffix} are expected.");
        }

        var lines = all.DistinctBy(l => (l.System, l.Content)).ToList();
        return (lines, all.Count - lines.Count);
    }

    private static List<(string System, List<LogLine> Lines)> Logs(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var archive = new TarReader(new GZipStream(file, CompressionMode.Decompress));
            var logs = new List<(string, List<LogLine>)>();
            while (archive.GetNextEntry() is { } entry)
            {
                if (entry.DataStream is { } data && entry.Name.EndsWith(Suffix, StringComparison.Ordinal))
                {
                    var system = Path.GetFileName(entry.Name)[..^Suffix.Length];
                    logs.Add((system, Lines($"{path}({entry.Name})", system, data)));
                }
            }

            return logs;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, 0, $"the archive cannot be read: {e.Message}", e);
        }
    }

    private static List<LogLine> Lines(string path, string system, Stream data) =>
        [
            .. Delimited
                .Read(path, TextLines.Read(path, data), ',', quoted: true)
                .Select(row => new LogLine(
                    system,
                    Number(row),
                    Needed(row, "Content"),
                    Needed(row, "EventId"),
                    Needed(row, "EventTemplate"),
                    path
                ))
                .OrderBy(l => l.Number),
        ];

    private static int Number(Row row) =>
        int.TryParse(Needed(row, "LineId"), out var number) && number > 0
            ? number
            : throw new DatasetException(row.Path, row.Line, $"'{row.Get("LineId")}' is no line number (column LineId).");

    private static string Needed(Row row, string column) =>
        row.Get(column) is { Length: > 0 } value
            ? value
            : throw new DatasetException(row.Path, row.Line, $"the row has nothing in the column {column}.");
}
