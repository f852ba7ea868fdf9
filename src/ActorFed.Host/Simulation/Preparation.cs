using System.Collections.Immutable;
using System.Security.Cryptography;
using ActorFed.Host.Settings;
using ActorFed.Training.Chance;
using ActorFed.Training.Data;
using ActorFed.Training.Encoding;
using ActorFed.Training.Evaluation;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Partitioning;
using ActorFed.Training.Profiles;
using ActorFed.Training.Tokenizers;
using ActorFed.Training.Trainers;

namespace ActorFed.Host.Simulation;

/// <summary>Everything that a run needs before its first round; the same settings give the same, whatever happened before.</summary>
/// <param name="Settings">What it was made from.</param>
/// <param name="Corpus">The documents.</param>
/// <param name="Partition">Who has which of them.</param>
/// <param name="Profiles">What clients are like, in client order.</param>
/// <param name="Base">The frozen model. Owned.</param>
/// <param name="Method">What is computed.</param>
/// <param name="Trainer">Trains clients on the frozen model.</param>
/// <param name="Validation">Judges on the sample of the validation part; null where there is no such part.</param>
/// <param name="Test">Judges on the whole test part.</param>
public sealed record Preparation(
    RunSettings Settings,
    Corpus Corpus,
    Partition Partition,
    ImmutableArray<ClientProfile> Profiles,
    BaseModel Base,
    ITrainableMethod Method,
    LocalTrainer Trainer,
    Evaluator? Validation,
    Evaluator Test
) : IDisposable
{
    /// <summary>The plan.json that the settings name; null where everything is drawn.</summary>
    public Plan? Given { get; init; }

    /// <summary>SHA-256 over the documents and who has them: a resumed run must have the same.</summary>
    public string DataHash => Convert.ToHexStringLower(SHA256.HashData(PlanWriter.Write(Plan([]))));

    /// <summary>The training documents' labels.</summary>
    public IReadOnlyList<int> Labels => [.. Corpus.Train.Select(d => d.Label)];

    /// <summary>Reads the data, shares it out, loads the model and makes the method.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="npm">Where set-up put its packages.</param>
    /// <param name="folder">What relative paths are relative to.</param>
    /// <param name="step">Is told what happens.</param>
    /// <param name="stop">Looked at between two steps.</param>
    public static Preparation Make(RunSettings settings, NpmCache npm, string folder, Action<string> step, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(step);
        step($"reading {settings.Dataset}");
        var corpus = Corpora.Load(settings, npm, folder);
        stop.ThrowIfCancellationRequested();
        var given = GivenPlan.Read(settings.PlanFile, folder, corpus);
        var partition = given?.Partition ?? Partitioner.Draw(corpus.Train, settings.Partition, settings.Seed);
        step($"loading {settings.Model}");
        var model = BaseModel.Load(settings, npm);
        try
        {
            stop.ThrowIfCancellationRequested();
            step($"tokenizing {corpus.Train.Length + corpus.Validation.Length + corpus.Test.Length:N0} documents");
            return Make(settings, corpus, partition, model) with { Given = given };
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>The plan with these cohorts.</summary>
    public Plan Plan(ImmutableArray<ImmutableArray<ClientId>> cohorts) =>
        new(Settings.Seed, CorpusStamp.Of(Corpus), Partition, cohorts);

    /// <inheritdoc />
    public void Dispose() => Base.Dispose();

    private static Preparation Make(RunSettings settings, Corpus corpus, Partition partition, BaseModel model)
    {
        var classes = corpus.Labels.Length;
        var context = new MethodContext(settings.Seed, model.Model.Maps, model.Model.EmbeddingSize, classes, settings.Training);
        var head = Judge(context, Tokens(corpus.Validation), model);
        var method = Create(settings, context with { Judge = head });
        var shards = partition.Shards.ToImmutableSortedDictionary(s => s.Client, s => s.Documents);
        var trainer = new LocalTrainer(
            model.Model,
            method,
            new(Tokens(corpus.Train), shards),
            TrainerOptions.Of(settings.Training, settings.Seed)
        );
        return new(
            settings,
            corpus,
            partition,
            [.. partition.Shards.Select(s => ProfileDraw.Of(s.Client, settings.Profiles, settings.Seed)).OrderBy(p => p.Client)],
            model,
            method,
            trainer,
            corpus.Validation.IsEmpty ? null : Sampled(Tokens(corpus.Validation)),
            All(method, Tokens(corpus.Test), model)
        );

        TokenizedCorpus Tokens(ImmutableArray<Document> part) =>
            TokenizedCorpus.Create(part, classes, model.Tokenizer, Math.Min(settings.MaxTokens, model.Model.MaxTokens));

        Evaluator Sampled(TokenizedCorpus part) =>
            new(
                model.Model,
                method,
                part,
                StratifiedSample.Draw(part.Labels, settings.EvaluateSample, Seed.Derive(settings.Seed, "validation-sample"))
            );
    }

    // What a head alone is worth on the whole validation part: a method may choose a penalty by it.
    private static Func<TensorSet, double>? Judge(MethodContext context, TokenizedCorpus validation, BaseModel model)
    {
        if (validation.Count == 0)
        {
            return null;
        }

        var evaluator = new Lazy<Evaluator>(() => All(new HeadOnly(context), validation, model));
        return head => evaluator.Value.Evaluate(head).BalancedAccuracy;
    }

    private static Evaluator All(ITrainableMethod method, TokenizedCorpus part, BaseModel model) =>
        new(model.Model, method, part, Enumerable.Range(0, part.Count).ToArray());

    private static ITrainableMethod Create(RunSettings settings, MethodContext context)
    {
        try
        {
            return MethodCatalog.Create(settings.Method, context);
        }
        catch (ArgumentException e)
        {
            throw new UserException(ExitCode.BadSettings, $"{SettingKey.Root}.{e.Message}", e);
        }
    }
}
