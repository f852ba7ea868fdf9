using System.Collections.Immutable;
using System.Globalization;
using ActorFed.Training.Chance;
using ActorFed.Training.Data;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using ActorFed.Training.Tokenizers;
using ActorFed.Training.Trainers;

namespace ActorFed.Benchmarks.Rounds;

/// <summary>Clients that train on random tokens; any number of threads share the one base model.</summary>
internal sealed class WorkersBench
{
    private const int Classes = 5;
    private const int DocumentsEach = 64;

    private readonly LocalTrainer _trainer;
    private readonly ImmutableArray<LocalWork> _work;

    public WorkersBench(int clients, int steps)
    {
        var model = TinyEncoder.Create(seed: 1, EncoderShape.UseLite);
        var chance = new SeededRandom(7);
        var documents = Enumerable.Range(0, clients * DocumentsEach).Select(i => Text(i, chance)).ToArray();
        var corpus = TokenizedCorpus.Create(documents, Classes, new Numbers(), 64);
        var shards = Enumerable
            .Range(0, clients)
            .ToImmutableSortedDictionary(ClientId.Of, c => Enumerable.Range(c * DocumentsEach, DocumentsEach).ToImmutableArray());
        var settings = SettingValues.Read(
            MethodCatalog.Specs,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["train.steps"] = steps.ToString(CultureInfo.InvariantCulture),
            }
        );
        var method = MethodCatalog.Create("fedit", new(1, model.Maps, model.EmbeddingSize, Classes, settings));
        _trainer = new(model, method, new(corpus, shards), TrainerOptions.Of(settings, 1));
        var state = method.Initialise();
        _work = [.. shards.Keys.Select(c => Work(method, state, c))];
    }

    /// <summary>Every client once, on this many threads of one intra-op thread each.</summary>
    public void Train(int workers)
    {
        var next = -1;
        var threads = Enumerable
            .Range(0, workers)
            .Select(_ => new Thread(() =>
            {
                for (var i = Interlocked.Increment(ref next); i < _work.Length; i = Interlocked.Increment(ref next))
                {
                    _trainer.Train(_work[i]);
                }
            }))
            .ToArray();
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
    }

    private static LocalWork Work(ITrainableMethod method, ServerState state, ClientId client)
    {
        var assignment = method.Assign(state, new(client, 1, 100, 1e6, 1e6, 1), new(1));
        return new(client, new(1), 0, assignment.Download, assignment.Plan, null);
    }

    private static Document Text(int i, SeededRandom chance) =>
        new(
            $"d{i}",
            string.Join(' ', Enumerable.Range(0, 64).Select(_ => chance.Next(8000))),
            chance.Next(Classes),
            Document.NoFields
        );

    private sealed class Numbers : ITokenizer
    {
        public int VocabularySize => 8000;
        public int Unknown => 0;

        public int[] Encode(string text, int most = int.MaxValue) =>
            [.. text.Split(' ').Take(most).Select(t => int.Parse(t, CultureInfo.InvariantCulture))];
    }
}
