using System.Collections.Concurrent;
using System.Collections.Immutable;
using ActorFed.Host.Settings;
using ActorFed.Training.Data;
using ActorFed.Training.Tokenizers;
using ActorFed.Training.Trainers;

namespace ActorFed.Host.Simulation;

/// <summary>A part of a corpus as token ids, and what the frozen model makes of its documents.</summary>
internal sealed record TokenizedPart(TokenizedCorpus Corpus, FeatureCache Features);

/// <summary>What several runs of one process share, because it never changes: documents, token ids, frozen models and their embeddings.</summary>
/// <remarks>Each is made once for the settings that decide it. Safe for several threads. Owns the models.</remarks>
/// <param name="npm">Where set-up put its packages.</param>
/// <param name="folder">What relative paths are relative to.</param>
/// <param name="step">Is told what is made.</param>
/// <param name="read">Reads the data set; null for the one that the settings name.</param>
internal sealed class SharedParts(NpmCache npm, string folder, Action<string> step, Func<RunSettings, Corpus>? read = null)
    : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Corpus>> _corpora = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<BaseModel>> _models = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<TokenizedPart>> _parts = new(StringComparer.Ordinal);

    /// <summary>What relative paths are relative to.</summary>
    public string Folder => folder;

    /// <summary>The data set.</summary>
    /// <exception cref="DatasetException">Missing or damaged; names file, line and rule.</exception>
    public Corpus Corpus(RunSettings settings) => Once(_corpora, DataKey(settings), () => Read(settings));

    /// <summary>The frozen model.</summary>
    public BaseModel Base(RunSettings settings) => Once(_models, ModelKey(settings), () => Load(settings));

    /// <summary>A part of the data set as token ids.</summary>
    /// <param name="settings">Name data set, model and tokens kept of a document.</param>
    /// <param name="part">The documents; always the same for the same data set and name.</param>
    /// <param name="name">The part's name.</param>
    public TokenizedPart Tokens(RunSettings settings, ImmutableArray<Document> part, string name) =>
        Once(
            _parts,
            $"{DataKey(settings)}\n{ModelKey(settings)}\n{settings.MaxTokens}\n{name}",
            () => Tokenize(settings, part, name)
        );

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var model in _models.Values.Where(m => m.IsValueCreated))
        {
            model.Value.Dispose();
        }
    }

    private Corpus Read(RunSettings settings)
    {
        step($"reading {settings.Dataset}");
        return read is null ? Corpora.Load(settings, npm, folder) : read(settings);
    }

    private BaseModel Load(RunSettings settings)
    {
        step($"loading {settings.Model}");
        return BaseModel.Load(settings, npm);
    }

    private TokenizedPart Tokenize(RunSettings settings, ImmutableArray<Document> part, string name)
    {
        step($"tokenizing {part.Length:N0} documents ({name.ToLowerInvariant()})");
        var (model, tokenizer) = Base(settings);
        var classes = Corpus(settings).Labels.Length;
        var tokens = TokenizedCorpus.Create(part, classes, tokenizer, Math.Min(settings.MaxTokens, model.MaxTokens));
        return new(tokens, new(model, tokens));
    }

    private static T Once<T>(ConcurrentDictionary<string, Lazy<T>> made, string key, Func<T> make) =>
        made.GetOrAdd(key, _ => new(make)).Value;

    private static string ModelKey(RunSettings settings) => $"{settings.Model} on {settings.Device.Name}";

    // All that decides the documents and their parts.
    private static string DataKey(RunSettings settings) =>
        SettingTree.Text(settings.Texts.Where(t => t.Key.StartsWith($"{SettingKey.Root}.data.", StringComparison.Ordinal)));
}
