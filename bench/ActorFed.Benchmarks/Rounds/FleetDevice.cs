using System.Collections.Immutable;
using System.Globalization;
using ActorFed.Actors.Devices;
using ActorFed.Training.Chance;
using ActorFed.Training.Data;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using ActorFed.Training.Tokenizers;
using ActorFed.Training.Trainers;

namespace ActorFed.Benchmarks.Rounds;

/// <summary>Really trains a tiny encoder on each client's documents, by FDLoRA, whose clients keep an adapter of their own. Judges nothing.</summary>
internal sealed class FleetDevice : IDevice, IDisposable
{
    private const int Classes = 3;
    private const int DocumentsEach = 16;

    private readonly SentenceEncoder _model = TinyEncoder.Create(seed: 1);
    private readonly LocalTrainer _trainer;

    public FleetDevice(int clients)
    {
        var chance = new SeededRandom(7);
        var documents = Enumerable.Range(0, clients * DocumentsEach).Select(i => Text(i, chance)).ToArray();
        var corpus = TokenizedCorpus.Create(documents, Classes, new Numbers(), EncoderShape.Tiny.MaxTokens);
        var shards = Enumerable
            .Range(0, clients)
            .ToImmutableSortedDictionary(ClientId.Of, c => Enumerable.Range(c * DocumentsEach, DocumentsEach).ToImmutableArray());
        var settings = SettingValues.Read(
            MethodCatalog.Specs,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["lora.rank"] = "2",
                ["train.steps"] = "1",
                ["train.batch"] = "8",
            }
        );
        var context = new MethodContext(1, _model.Maps, _model.EmbeddingSize, Classes, settings) { Clients = clients };
        Method = MethodCatalog.Create("fdlora", context);
        _trainer = new(_model, Method, new(corpus, shards), TrainerOptions.Of(settings, 1));
    }

    public ITrainableMethod Method { get; }

    public string Name => "tiny";

    public int Slots => 2;

    public JobSize Measure(LocalWork work)
    {
        var size = _trainer.Measure(work);
        return new(size.Steps, size.Examples, size.MicroBatch);
    }

    public Task<LocalResult> TrainAsync(LocalWork work, CancellationToken cancel) =>
        Task.Run(() => _trainer.Train(work, cancel), cancel);

    public Task<Evaluation> EvaluateAsync(TensorSet global, CorpusPart part, CancellationToken cancel) =>
        Task.FromResult(new Evaluation(1, 0, 0, 0, 0));

    public void Dispose() => _model.Dispose();

    private static Document Text(int i, SeededRandom chance) =>
        new(
            $"d{i}",
            string.Join(' ', Enumerable.Range(0, 12).Select(_ => chance.Next(64))),
            chance.Next(Classes),
            Document.NoFields
        );

    private sealed class Numbers : ITokenizer
    {
        public int VocabularySize => 64;
        public int Unknown => 0;

        public int[] Encode(string text, int most = int.MaxValue) =>
            [.. text.Split(' ').Take(most).Select(t => int.Parse(t, CultureInfo.InvariantCulture))];
    }
}
