using ActorFed.Training.Aggregation;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Tests.Toy;
using FsCheck;
using FsCheck.Fluent;

namespace ActorFed.Training.Tests.Methods;

/// <summary>Methods that are linear in what they send: the server's mean is the dense weighted mean of the clients' updates.</summary>
public sealed class SharedFactorAlgebraTests
{
    [Theory]
    [InlineData("ffa-lora", "lora.init=normal")]
    [InlineData("rolora", "lora.rank=3")] // a round of B or of A, by the seed
    [InlineData("full", "full.scope=encoder")]
    [InlineData("fed-sb", "fed-sb.source=gradient")]
    [InlineData("fed-sb", "fed-sb.source=update")]
    [InlineData("fed-sb", "fed-sb.source=seed")]
    [InlineData("ravan", "ravan.init=random-normal")]
    [InlineData("ravan", "ravan.init=gram-schmidt")]
    [InlineData("ravan", "ravan.init=constant")]
    [InlineData("ravan", "ravan.init=shared-subspace")]
    public void With_all_training_everything_the_mean_is_that_of_the_dense_updates(string name, string setting) =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<(int Seed, byte Clients, bool Samples)>(),
                v =>
                {
                    var rule = v.Samples ? "samples" : "uniform";
                    var method = Method(name, setting, ("aggregation.weights", rule));
                    var state = Started(method, v.Seed);
                    var round = Dense.Uploads(method, state, 1 + (v.Clients % 7), v.Seed);
                    var weights = ClientWeights.Of(round, rule);
                    var expected = Dense.Sum(round.Zip(weights, (c, w) => (w, Each(method, state.Global.With(c.Upload)))));
                    var found = Dense.Of(method, method.Aggregate(state, new(2), round).Global);
                    return Dense.Distance(expected, found) <= 1e-5;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_mean_of_factors_of_fedit_is_not_that_of_the_updates()
    {
        // What the others avoid; measured so that the test above is known to see a difference.
        var method = Dense.Method("fedit");
        var state = method.Initialise();
        var round = Dense.Uploads(method, state, 4, seed: 3);
        var expected = Dense.Sum(round.Select(c => (0.25, Each(method, state.Global.With(c.Upload)))));
        Assert.True(Dense.Distance(expected, Dense.Of(method, method.Aggregate(state, new(1), round).Global)) > 0.1);
    }

    [Theory]
    [InlineData("ffa-lora", "ffa-lora.rank=3")]
    [InlineData("fed-sb", "fed-sb.source=gradient")]
    [InlineData("ravan", "ravan.heads=3")]
    public void The_order_of_clients_changes_no_bit(string name, string setting)
    {
        var method = Method(name, setting, ("aggregation.weights", "samples"));
        var state = Started(method, 9);
        var round = Dense.Uploads(method, state, 4, seed: 8);
        var hashes = Orders(round).Select(p => BlobId.Of(method.Aggregate(state, new(2), [.. p]).Global.Encoded.Span));
        Assert.Single(hashes.Distinct());
    }

    private static IEnumerable<IEnumerable<Contribution>> Orders(List<Contribution> round) =>
        round.Count == 1
            ? [round]
            : round.SelectMany(first => Orders([.. round.Where(c => c != first)]).Select(rest => rest.Prepend(first)));

    private static IReadOnlyDictionary<string, double[]> Each(ITrainableMethod method, TensorSet global) =>
        Dense.Of(method, global);

    private static ITrainableMethod Method(string name, string setting, params (string, string)[] more) =>
        Dense.Method(name, [(setting.Split('=')[0], setting.Split('=')[1]), .. SmallHeads, .. more]);

    // Two heads of rank 3 fit gram-schmidt into maps of 8.
    private static (string, string)[] SmallHeads => [("ravan.heads", "2"), ("ravan.rank", "3")];

    /// <summary>The state before a round like any other: bases are there, the trained part is random.</summary>
    private static ServerState Started(ITrainableMethod method, long seed)
    {
        var state = method.Initialise();
        if (method is FedSb && method.Export(state.Global).Count == 0)
        {
            state = method.Aggregate(state, new(1), FedSbTests.FirstRound(method, state, 3, seed));
        }

        if (method is RoLora && seed % 2 == 0)
        {
            state = method.Aggregate(state, new(1), Dense.Uploads(method, state, 2, seed)); // its next round trains A
        }

        var factors = method is RoLora ? Dense.Random(state.Global, seed + 2) : TensorSet.Empty;
        state = state with { Global = state.Global.With(factors) };
        var trained = method.Assign(state, Toys.Profile(ClientId.Of(0)), new(2)).Plan.Trained;
        return state with { Global = state.Global.With(Dense.Random(state.Global.Where(trained.Contains), seed + 1)) };
    }
}
