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
using ActorFed.Training.Trainers;

namespace ActorFed.Host.Simulation;

/// <summary>Everything that a run needs before its first round; the same settings give the same, whatever happened before.</summary>
/// <param name="Settings">What it was made from.</param>
/// <param name="Corpus">The documents.</param>
/// <param name="Partition">Who has which of them.</param>
/// <param name="Profiles">What clients are like, in client order.</param>
/// <param name="Base">The frozen model.</param>
/// <param name="Method">What is computed.</param>
/// <param name="Trainer">Trains clients on the frozen model.</param>
/// <param name="Validation">Judges on the sample of the validation part; null where there is no such part.</param>
/// <param name="TestPart">Judges on the whole test part; nobody reads that part before the first question.</param>
public sealed record Preparation(
    RunSettings Settings,
    Corpus Corpus,
    Partition Partition,
    ImmutableArray<ClientProfile> Profiles,
    BaseModel Base,
    ITrainableMethod Method,
    LocalTrainer Trainer,
    Evaluator? Validation,
    Lazy<Evaluator> TestPart
) : IDisposable
{
    /// <summary>Judges on the whole test part.</summary>
    public Evaluator Test => TestPart.Value;

    /// <summary>The plan.json that the settings name; null where everything is drawn.</summary>
    public Plan? Given { get; init; }

    /// <summary>SHA-256 over the documents and who has them: a resumed run must have the same.</summary>
    public string DataHash => Convert.ToHexStringLower(SHA256.HashData(PlanWriter.Write(Plan([]))));

    /// <summary>The training documents' labels.</summary>
    public IReadOnlyList<int> Labels => [.. Corpus.Train.Select(d => d.Label)];

    /// <summary>Every client's documents in three: trained on, chosen by, judged on.</summary>
    public required ImmutableSortedDictionary<ClientId, PersonalSplit> Splits { get; init; }

    /// <summary>Makes a judge over some of the training part's documents: a client's held-out ones.</summary>
    public required Func<ImmutableArray<int>, Evaluator> JudgeOn { get; init; }

    /// <summary>What it was made of, where that is its own; null where several runs share it.</summary>
    private SharedParts? Own { get; init; }

    /// <summary>Reads the data, shares it out, loads the model and makes the method.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="npm">Where set-up put its packages.</param>
    /// <param name="folder">What relative paths are relative to.</param>
    /// <param name="step">Is told what happens.</param>
    /// <param name="stop">Looked at between two steps.</param>
    public static Preparation Make(RunSettings settings, NpmCache npm, string folder, Action<string> step, CancellationToken stop)
    {
        var own = new SharedParts(npm, folder, step);
        try
        {
            return Make(settings, own, stop) with { Own = own };
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    /// <summary>The same from parts that several runs share.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="parts">Stay their owner's.</param>
    /// <param name="stop">Looked at between two steps.</param>
    /// <param name="withTest">False takes the test part away: nothing that is made of this can read it.</param>
    internal static Preparation Make(RunSettings settings, SharedParts parts, CancellationToken stop, bool withTest = true)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var corpus = parts.Corpus(settings);
        stop.ThrowIfCancellationRequested();
        var given = GivenPlan.Read(settings.PlanFile, parts.Folder, corpus);
        var partition = given?.Partition ?? Partitioner.Draw(corpus.Train, settings.Partition, settings.Seed);
        _ = parts.Base(settings);
        stop.ThrowIfCancellationRequested();
        return Make(settings, withTest ? corpus : corpus with { Test = [] }, partition, parts) with { Given = given };
    }

    /// <summary>The plan with these cohorts.</summary>
    public Plan Plan(ImmutableArray<ImmutableArray<ClientId>> cohorts) =>
        new(Settings.Seed, CorpusStamp.Of(Corpus), Partition, cohorts);

    /// <summary>The method that the settings name, on this model and these classes.</summary>
    /// <exception cref="UserException">Its settings do not fit the model.</exception>
    internal static ITrainableMethod MethodOf(RunSettings settings, Corpus corpus, SharedParts parts, int clients = 0)
    {
        var model = parts.Base(settings).Model;
        var context = new MethodContext(settings.Seed, model.Maps, model.EmbeddingSize, corpus.Labels.Length, settings.Training)
        {
            Norms = model.Norms,
        };
        return Create(settings, context with { Clients = clients, Judge = Judge(context, corpus, settings, parts) });
    }

    /// <inheritdoc />
    public void Dispose() => Own?.Dispose();

    private static Preparation Make(RunSettings settings, Corpus corpus, Partition partition, SharedParts parts)
    {
        var model = parts.Base(settings);
        var method = MethodOf(settings, corpus, parts, partition.Shards.Length);
        var splits = partition.Shards.ToImmutableSortedDictionary(
            s => s.Client,
            s => PersonalSplit.Of(s, settings.Training, settings.Seed)
        );
        var shards = splits.ToImmutableSortedDictionary(s => s.Key, s => s.Value.Train);
        var train = parts.Tokens(settings, corpus.Train, nameof(corpus.Train));
        return new(
            settings,
            corpus,
            partition,
            [.. partition.Shards.Select(s => ProfileDraw.Of(s.Client, settings.Profiles, settings.Seed)).OrderBy(p => p.Client)],
            model,
            method,
            new(
                model.Model,
                method,
                new(train.Corpus, shards),
                TrainerOptions.Of(settings.Training, settings.Seed),
                train.Features
            ),
            corpus.Validation.IsEmpty ? null : Sampled(parts.Tokens(settings, corpus.Validation, nameof(corpus.Validation))),
            new(() =>
                corpus.Test.IsEmpty
                    ? throw new InvalidOperationException("This run was made without the test part: nothing of it may read that.")
                    : All(method, parts.Tokens(settings, corpus.Test, nameof(corpus.Test)), model)
            )
        )
        {
            Splits = splits,
            // No shared embeddings: each list is asked for a few times at most, and the training's keep their place.
            JudgeOn = documents => new(model.Model, method, train.Corpus, documents.AsSpan()),
        };

        Evaluator Sampled(TokenizedPart part) =>
            new(
                model.Model,
                method,
                part.Corpus,
                StratifiedSample.Draw(
                    part.Corpus.Labels,
                    settings.EvaluateSample,
                    Seed.Derive(settings.Seed, "validation-sample")
                ),
                part.Features
            );
    }

    // What a head alone is worth on the whole validation part: a method may choose a penalty by it.
    private static Func<TensorSet, double>? Judge(MethodContext context, Corpus corpus, RunSettings settings, SharedParts parts)
    {
        if (corpus.Validation.IsEmpty)
        {
            return null;
        }

        var evaluator = new Lazy<Evaluator>(() =>
            All(new HeadOnly(context), parts.Tokens(settings, corpus.Validation, nameof(corpus.Validation)), parts.Base(settings))
        );
        return head => evaluator.Value.Evaluate(head).BalancedAccuracy;
    }

    private static Evaluator All(ITrainableMethod method, TokenizedPart part, BaseModel model) =>
        new(model.Model, method, part.Corpus, Enumerable.Range(0, part.Corpus.Count).ToArray(), part.Features);

    private static ITrainableMethod Create(RunSettings settings, MethodContext context)
    {
        try
        {
            return settings.Methods.Create(settings.Method, context);
        }
        catch (ArgumentException e)
        {
            throw new UserException(ExitCode.BadSettings, $"{SettingKey.Root}.{e.Message}", e);
        }
    }
}
