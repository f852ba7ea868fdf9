using System.Collections.Immutable;

namespace ActorFed.Training.Data.Named;

/// <summary>Two tasks on system logs (the first scenario of the FDLoRA paper); a client is a system.</summary>
internal static class LogTasks
{
    /// <summary>Lines of a template that are tagged: a template of two thousand lines would else be most of the task.</summary>
    public const int LinesPerTemplate = 8;

    /// <summary>Fewest lines of a template that is a class.</summary>
    public const int LeastLines = 5;

    private const int Around = 4; // words before and after
    private const int Letters = 24; // kept of a word: one long path would else be all that fits

    /// <summary>
    /// loghub-tags: is a word of a message constant or variable? A document is one word with the four around it on each side; the fields
    /// are its system, its template and its line. Templates are split, not lines: no template is in two parts.
    /// </summary>
    /// <remarks>
    /// The encoder gives one vector a text, so a tag is asked for word by word: "WORD : left left WORD right right". A line counts as
    /// right when all of its words do (<see cref="Document.WholeField"/>). Messages that are not of their template (a few hundred) are left out.
    /// </remarks>
    public static Corpus Tags(DatasetFolders folders, CorpusOptions options)
    {
        var (lines, repeated) = LogHub.Read(folders);
        var documents = lines
            .GroupBy(l => l.Event)
            .SelectMany(g => g.OrderBy(l => IdHash.Value("lines", l.Id)).Take(LinesPerTemplate))
            .OrderBy(l => l.Id, StringComparer.Ordinal)
            .SelectMany(Words)
            .ToList();
        return CorpusBuilder.BuildByGroup("loghub-tags", documents, d => d.Fields["template"], options, repeated);
    }

    /// <summary>
    /// loghub-templates: which template of its system is a message of? Classes are SYSTEM/EVENT with at least five different messages. The
    /// last fifth (data.test-share) of each system's messages is the test part; one of a template that never came before is left out.
    /// </summary>
    public static Corpus Templates(DatasetFolders folders, CorpusOptions options)
    {
        options.Check();
        var (lines, repeated) = LogHub.Read(folders);
        var classes = lines
            .GroupBy(l => l.Event)
            .Where(g => g.Count() >= LeastLines)
            .Select(g => g.Key)
            .ToHashSet(StringComparer.Ordinal);
        var parts = lines
            .Where(l => classes.Contains(l.Event))
            .GroupBy(l => l.System)
            .Select(g => g.ToList())
            .Select(g => (All: g, Train: g.Count - (int)Math.Round(options.TestShare * g.Count, MidpointRounding.AwayFromZero)))
            .ToList();
        var train = parts.SelectMany(p => p.All.Take(p.Train)).ToList();
        var known = train.Select(l => l.Event).ToHashSet(StringComparer.Ordinal);
        var test = parts.SelectMany(p => p.All.Skip(p.Train)).Where(l => known.Contains(l.Event));
        return CorpusBuilder.Build("loghub-templates", [.. train.Select(Message)], [.. test.Select(Message)], options, repeated);
    }

    private static RawDocument Message(LogLine line) =>
        new(line.Id, line.Content, line.Event, Fields(line, ("system", line.System)), line.Path, line.Number);

    private static IEnumerable<RawDocument> Words(LogLine line)
    {
        var words = LogTemplate.Tag(line.Content, line.Template) ?? [];
        return words.Select(
            (w, i) =>
                new RawDocument(
                    $"{line.Id}/{i:D3}",
                    Window([.. words.Select(x => x.Word)], i),
                    w.Varies ? "variable" : "constant",
                    Fields(line, ("system", line.System), ("template", line.Event), (Document.WholeField, line.Id)),
                    line.Path,
                    line.Number
                )
        );
    }

    private static string Window(string[] words, int at)
    {
        var (from, to) = (Math.Max(0, at - Around), Math.Min(words.Length, at + Around + 1));
        return $"{Short(words[at])} : {string.Join(' ', words[from..to].Select(Short))}";
    }

    private static string Short(string word) => word.Length <= Letters ? word : word[..Letters];

    private static ImmutableSortedDictionary<string, string> Fields(LogLine line, params (string Name, string Value)[] fields) =>
        Document.NoFields.AddRange(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
}
