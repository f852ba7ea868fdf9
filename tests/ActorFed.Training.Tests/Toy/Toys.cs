using System.Collections.Immutable;
using ActorFed.Training.Chance;
using ActorFed.Training.Data;
using ActorFed.Training.Encoding;
using ActorFed.Training.Evaluation;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using ActorFed.Training.Tokenizers;
using ActorFed.Training.Trainers;

namespace ActorFed.Training.Tests.Toy;

/// <summary>Reads "3 17 5" as the ids 3, 17, 5.</summary>
internal sealed class NumberTokenizer : ITokenizer
{
    public int VocabularySize => 64;

    public int Unknown => 0;

    public int[] Encode(string text, int most = int.MaxValue) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(most).Select(int.Parse)];
}

/// <summary>A small task: a document is of class c when most of its tokens are in c's quarter of the vocabulary.</summary>
internal static class Toys
{
    public const int Classes = 3;

    public static TokenizedCorpus Corpus(int documents, int seed)
    {
        var chance = new SeededRandom(seed);
        return TokenizedCorpus.Create(
            [.. Enumerable.Range(0, documents).Select(i => Document(i, chance))],
            Classes,
            new NumberTokenizer(),
            EncoderShape.Tiny.MaxTokens
        );
    }

    public static ShardedCorpus Sharded(TokenizedCorpus corpus, int clients) =>
        new(
            corpus,
            Enumerable
                .Range(0, clients)
                .ToImmutableSortedDictionary(
                    ClientId.Of,
                    c => Enumerable.Range(0, corpus.Count).Where(d => d % clients == c).ToImmutableArray()
                )
        );

    public static SettingValues Settings(params (string Key, string Value)[] changes) =>
        SettingValues.Read(
            MethodCatalog.Specs,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["lora.rank"] = "2",
                ["train.batch"] = "8",
                ["train.steps"] = "10",
            }
                .Concat(changes.Select(c => new KeyValuePair<string, string>(c.Key, c.Value)))
                .GroupBy(p => p.Key)
                .ToDictionary(g => g.Key, g => g.Last().Value)
        );

    public static ClientProfile Profile(ClientId client, double budget = 1) => new(client, budget, 100, 1e6, 1e6, 1);

    /// <summary>The largest difference of two numbers at one place.</summary>
    public static double Distance(TensorValue one, TensorValue other) =>
        one.Floats.ToArray().Zip(other.Floats.ToArray(), (a, b) => Math.Abs((double)a - b)).Max();

    private static Document Document(int i, SeededRandom chance)
    {
        var label = chance.Next(Classes);
        var tokens = Enumerable
            .Range(0, chance.Next(3, 12))
            .Select(_ => chance.NextBool(0.8) ? (16 * label) + chance.Next(16) : chance.Next(64));
        return new($"d{i}", string.Join(' ', tokens), label, Training.Data.Document.NoFields);
    }
}

/// <summary>A federated run in plain loops: no actor, no clock. Clients keep their personal states from round to round.</summary>
internal sealed class ToyRun : IDisposable
{
    private readonly Func<ClientId, double> _budget;

    public ToyRun(
        string method,
        SettingValues settings,
        long seed = 5,
        int clients = 4,
        IBaseModel? model = null,
        Func<ClientId, double>? budget = null
    )
    {
        _budget = budget ?? (_ => 1);
        Model = model ?? TinyEncoder.Create(seed: 1);
        Data = Toys.Sharded(Toys.Corpus(120, seed: 2), clients);
        var held = Toys.Corpus(90, seed: 3);
        Evaluator? evaluator = null;
        Method = MethodCatalog.Create(
            method,
            new(seed, Model.Maps, Model.EmbeddingSize, Toys.Classes, settings)
            {
                Norms = Model.Norms,
                Judge = global => evaluator!.Evaluate(global).Accuracy,
            }
        );
        evaluator = new(Model, Method, held, Enumerable.Range(0, held.Count).ToArray());
        Evaluator = evaluator;
        Trainer = new(Model, Method, Data, TrainerOptions.Of(settings, seed));
        State = Method.Initialise();
    }

    public IBaseModel Model { get; }

    public ITrainableMethod Method { get; }

    public ShardedCorpus Data { get; }

    public Evaluator Evaluator { get; }

    public LocalTrainer Trainer { get; }

    public ServerState State { get; private set; }

    public RoundId Round { get; private set; } = RoundId.Start;

    /// <summary>What the last round gave to each client and got from it.</summary>
    public SortedDictionary<ClientId, (Assignment Given, LocalResult Got)> Last { get; } = [];

    /// <summary>What each client kept of its last training that counted.</summary>
    public Dictionary<ClientId, TensorSet> Personal { get; } = [];

    public string Hash => BlobId.Of(State.Global.Encoded.Span).Hex;

    public Assignment Assign(ClientId client, RoundId round) =>
        Method.Assign(State, Toys.Profile(client, _budget(client)), round);

    public LocalWork Work(ClientId client, RoundId round)
    {
        var assignment = Assign(client, round);
        return new(client, round, 0, assignment.Download, assignment.Plan, Personal.GetValueOrDefault(client));
    }

    /// <summary>One round; the mean training loss.</summary>
    /// <param name="workers">Threads.</param>
    /// <param name="reversed">Whether contributions arrive in the other order.</param>
    /// <param name="without">Trains, and its update is lost.</param>
    /// <param name="cohort">Who takes part; null for everybody.</param>
    public double Next(int workers = 1, bool reversed = false, ClientId? without = null, IReadOnlyList<ClientId>? cohort = null)
    {
        Round = Round.Next;
        var clients = (cohort ?? [.. Data.Shards.Keys]).ToArray();
        var given = Array.ConvertAll(clients, c => Assign(c, Round));
        var results = new LocalResult[clients.Length];
        Parallel.For(
            0,
            clients.Length,
            new() { MaxDegreeOfParallelism = workers },
            i => results[i] = Trainer.Train(Work(clients[i], Round))
        );
        Last.Clear();
        for (var i = 0; i < clients.Length; i++)
        {
            Last.Add(clients[i], (given[i], results[i]));
        }

        Close(reversed, without);
        return results.Average(r => r.TrainLoss);
    }

    public void Dispose() => Model.Dispose();

    private void Close(bool reversed, ClientId? without)
    {
        var counted = Last.Where(l => l.Key != without).ToList();
        var contributions = counted.Select(l => new Contribution(l.Key, l.Value.Got.Upload, l.Value.Got.Examples)).ToList();
        if (reversed)
        {
            contributions.Reverse();
        }

        State = Method.Aggregate(State, Round, contributions);
        foreach (var (client, (_, got)) in counted)
        {
            if (got.Personal is { } kept)
            {
                Personal[client] = kept;
            }
            else
            {
                Personal.Remove(client);
            }
        }
    }
}
