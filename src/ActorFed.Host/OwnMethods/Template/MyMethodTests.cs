using System.Collections.Immutable;
using ActorFed.Training.Data;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using ActorFed.Training.Tokenizers;
using ActorFed.Training.Trainers;

namespace OwnMethods.Tests;

/// <summary>What the built-in methods are held to as well; add the algebra of your paper.</summary>
public sealed class MyMethodTests
{
    [Fact]
    public void The_loss_falls()
    {
        using var run = new Trial("my-method");

        var losses = Enumerable.Range(1, 8).Select(_ => run.Round()).ToList();

        Assert.True(losses[^1] < 0.9 * losses[0], string.Join(' ', losses));
    }

    [Fact]
    public void The_order_of_clients_changes_no_bit()
    {
        using var one = new Trial("my-method");
        using var other = new Trial("my-method");

        one.Round();
        other.Round(reversed: true);

        Assert.Equal(one.State.Global.Id, other.State.Global.Id);
    }

    [Fact]
    public void With_its_changes_switched_off_it_is_FedIT()
    {
        using var own = new Trial("my-method");
        using var fedit = new Trial("fedit");
        using var changed = new Trial("my-method", ("my-method.step", "0.5"), ("my-method.decay", "0.1"));

        Assert.Equal(fedit.Round(), own.Round());
        changed.Round();

        Assert.Equal(fedit.State.Global.Id, own.State.Global.Id);
        Assert.NotEqual(fedit.State.Global.Id, changed.State.Global.Id);
    }

    [Fact]
    public void Half_a_step_is_half_the_change()
    {
        using var whole = new Trial("my-method");
        using var half = new Trial("my-method", ("my-method.step", "0.5"));
        var start = whole.State.Global;

        whole.Round();
        half.Round();

        Assert.All(
            start.Keys,
            name =>
                Assert.All(
                    Enumerable.Range(0, (int)start[name].Count),
                    i =>
                        Assert.Equal(
                            (start[name].Floats[i] + whole.State.Global[name].Floats[i]) / 2,
                            half.State.Global[name].Floats[i],
                            1e-6f
                        )
                )
        );
    }
}

/// <summary>Four clients, a tiny encoder and a made-up task, in plain loops: no actor, no file, a second's work.</summary>
internal sealed class Trial : IDisposable
{
    private const int Classes = 3;
    private const int Clients = 4;
    private readonly IBaseModel _model = TinyEncoder.Create(seed: 1);
    private readonly ITrainableMethod _method;
    private readonly LocalTrainer _trainer;
    private readonly Dictionary<ClientId, ActorFed.Training.Encoding.TensorSet?> _personal = [];
    private RoundId _round = RoundId.Start;

    public Trial(string method, params (string Key, string Value)[] settings)
    {
        var methods = MethodCatalog.BuiltIn.With(new MyMethodLibrary().Methods);
        (string Key, string Value)[] all = [("lora.rank", "2"), ("train.batch", "8"), .. settings];
        var values = SettingValues.Read(methods.Specs, all.ToDictionary(s => s.Key, s => s.Value));
        _method = methods.Create(method, new(5, _model.Maps, _model.EmbeddingSize, Classes, values) { Norms = _model.Norms });
        var corpus = TokenizedCorpus.Create(Documents(120), Classes, new Numbers(), _model.MaxTokens);
        var shards = Enumerable
            .Range(0, Clients)
            .ToImmutableSortedDictionary(
                ClientId.Of,
                c => Enumerable.Range(0, corpus.Count).Where(d => d % Clients == c).ToImmutableArray()
            );
        _trainer = new(_model, _method, new(corpus, shards), TrainerOptions.Of(values, seed: 5));
        State = _method.Initialise();
    }

    public ServerState State { get; private set; }

    /// <summary>One round of all clients; the mean training loss.</summary>
    public double Round(bool reversed = false)
    {
        _round = _round.Next;
        var results = Enumerable.Range(0, Clients).Select(ClientId.Of).Select(c => (Client: c, Result: Train(c))).ToList();
        var contributions = results.Select(r => new Contribution(r.Client, r.Result.Upload, r.Result.Examples)).ToList();
        if (reversed)
        {
            contributions.Reverse();
        }

        State = _method.Aggregate(State, _round, contributions);
        results.ForEach(r => _personal[r.Client] = r.Result.Personal);
        return results.Average(r => r.Result.TrainLoss);
    }

    public void Dispose() => _model.Dispose();

    private LocalResult Train(ClientId client)
    {
        var given = _method.Assign(State, new(client, Budget: 1, Speed: 100, 1e6, 1e6, Availability: 1), _round);
        return _trainer.Train(new(client, _round, 0, given.Download, given.Plan, _personal.GetValueOrDefault(client)));
    }

    // A document of class c has most of its words from c's part of the vocabulary.
    private static ImmutableArray<Document> Documents(int count)
    {
        var chance = new Random(2);
        return [.. Enumerable.Range(0, count).Select(i => Make(i, chance.Next(Classes)))];

        Document Make(int i, int label)
        {
            var words = Enumerable.Range(0, 8).Select(_ => chance.Next(5) > 0 ? (16 * label) + chance.Next(16) : chance.Next(64));
            return new($"d{i}", string.Join(' ', words), label, Document.NoFields);
        }
    }

    /// <summary>Reads "3 17 5" as the ids 3, 17, 5.</summary>
    private sealed class Numbers : ITokenizer
    {
        public int VocabularySize => 64;

        public int Unknown => 0;

        public int[] Encode(string text, int most = int.MaxValue) => [.. text.Split(' ').Take(most).Select(int.Parse)];
    }
}
