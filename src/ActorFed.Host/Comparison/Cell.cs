using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ActorFed.Host.Results;
using ActorFed.Host.Settings;

namespace ActorFed.Host.Comparison;

/// <summary>What a cell is for.</summary>
internal enum CellKind
{
    /// <summary>Judged by the validation part only: settings are chosen by it.</summary>
    Search = 1,

    /// <summary>Judged on the test part: the table shows it.</summary>
    Test = 2,
}

/// <summary>One run of a comparison.</summary>
/// <param name="Id">Hash of all that decides its result: the same cell has the same name in every comparison.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Condition">Where.</param>
/// <param name="Row">Which line of the table.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Searched">The searched settings as this cell has them, path to text.</param>
/// <param name="Settings">All settings.</param>
internal sealed record Cell(
    string Id,
    CellKind Kind,
    Condition Condition,
    Row Row,
    long Seed,
    ImmutableSortedDictionary<string, string> Searched,
    RunSettings Settings
)
{
    // Its content is among the hashes: a path says nothing.
    private const string PlanFile = "actorfed.partition.plan";

    // Options that came after the first cells were kept: switched off they are not part of a name, so that those cells stay known.
    private static readonly (string Section, string Switch, string Off)[] Later =
    [
        ("actorfed.head.personal", "actorfed.head.personal", "off"),
        ("actorfed.upload.", "actorfed.upload.encoding", "float32"),
        ("actorfed.download.", "actorfed.download.encoding", "float32"),
    ];

    /// <summary>What it is for, in a word: search or test.</summary>
    public string KindWord => Kind == CellKind.Search ? "search" : "test";

    /// <summary>The cell in words.</summary>
    public string Title =>
        string.Join(' ', new[] { Condition.Name, Row.Name, KindWord, $"seed {Seed}", Values }.Where(s => s.Length > 0));

    /// <summary>The searched settings in words: head.rate 0.03, train.rate 0.01.</summary>
    public string Values => Words(Searched);

    /// <summary>Settings in words, without the root.</summary>
    public static string Words(IEnumerable<KeyValuePair<string, string>> settings) =>
        string.Join(", ", settings.Select(s => $"{s.Key[(SettingKey.Root.Length + 1)..]} {s.Value}"));

    /// <summary>The name of a cell.</summary>
    /// <param name="kind">What it is for.</param>
    /// <param name="settings">Its settings; the seed is one of them.</param>
    /// <param name="reads">Those that its method reads.</param>
    /// <param name="data">Hashes of the documents that it may read, of a given plan, and of the base model.</param>
    public static string IdOf(CellKind kind, RunSettings settings, MethodReads reads, IEnumerable<string> data)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var decisive = settings.Texts.Where(t =>
            SettingCatalog.Decides(t.Key) && t.Key != PlanFile && reads.Includes(t.Key) && !IsOff(settings, t.Key)
        );
        var known = decisive
            .Select(t => KeyValuePair.Create(KnownAs(t.Key), t.Value))
            .OrderBy(t => t.Key, StringComparer.Ordinal);
        var text = $"{kind}\n{string.Join('\n', data)}\n{SettingTree.Text(known)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..24];
    }

    private static bool IsOff(RunSettings settings, string path) =>
        Later.Any(l =>
            path.StartsWith(l.Section, StringComparison.Ordinal) && settings.Texts.GetValueOrDefault(l.Switch) == l.Off
        );

    // A setting that was renamed since the first cells were kept.
    private static string KnownAs(string path) => path == "actorfed.evaluate.every" ? "actorfed.round.evaluate-every" : path;
}

/// <summary>What a cell gave; one file of cells/.</summary>
/// <param name="Id">The cell's name.</param>
/// <param name="Kind">search or test.</param>
/// <param name="Title">The cell in words, for people who open the file.</param>
/// <param name="Failed">Why there is no result; null where there is one.</param>
/// <param name="Validation">For search cells: means over the last rounds' models on the whole validation part.</param>
/// <param name="Result">The run; its final figures for test cells only.</param>
internal sealed record CellRecord(
    string Id,
    string Kind,
    string Title,
    string? Failed,
    LastRoundsResult? Validation,
    RunResult? Result
);
