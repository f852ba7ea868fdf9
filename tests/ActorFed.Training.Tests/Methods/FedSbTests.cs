using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;
using TorchSharp;

namespace ActorFed.Training.Tests.Methods;

/// <summary>Fed-SB: bases from the first round's dense update, one square core after it.</summary>
public sealed class FedSbTests
{
    /// <summary>Random dense updates (or gradients) of the first round, and heads.</summary>
    internal static List<Contribution> FirstRound(ITrainableMethod method, ServerState state, int clients, long seed)
    {
        var ranks = ((FedSb)method).Ranks;
        var like = state.Global.With(
            TensorSet.Of(
                ranks.Select(m => new KeyValuePair<string, TensorValue>(
                    FedSbBases.Dense(m.Map.Name),
                    TensorValue.Zeros(m.Map.Out, m.Map.In)
                ))
            )
        );
        return
        [
            .. Enumerable.Range(0, clients).Select(k => new Contribution(ClientId.Of(k), Dense.Random(like, seed + (7 * k)), 4)),
        ];
    }

    [Fact]
    public void The_first_round_gives_the_best_approximation_of_the_mean_update()
    {
        var method = Dense.Method("fed-sb", ("fed-sb.source", "update"), ("fed-sb.rank", "3"));
        var state = method.Initialise();
        var round = FirstRound(method, state, 3, seed: 2);
        var after = method.Aggregate(state, new(1), round).Global;
        var found = Dense.Of(method, after);
        foreach (var (map, _) in ((FedSb)method).Ranks)
        {
            using var scope = torch.NewDisposeScope();
            var mean = round
                .Select(c => c.Upload[FedSbBases.Dense(map.Name)].ToTorch(type: torch.ScalarType.Float64))
                .Aggregate((a, b) => a.add(b))
                .div(3);
            var left = mean.sub(torch.tensor(found[map.Name]).view(map.Out, map.In)).norm().ToDouble();
            var (_, sigma, _) = torch.linalg.svd(mean, fullMatrices: false);
            var tail = Enumerable.Range(3, (int)sigma.shape[0] - 3).Sum(i => Math.Pow(sigma[i].ToDouble(), 2));
            Assert.Equal(Math.Sqrt(tail), left, 1e-5); // Eckart and Young: nothing of rank 3 is nearer
        }
    }

    [Fact]
    public void A_gradient_becomes_a_step_of_the_set_size_against_it()
    {
        var all = ("fed-sb.rank", "8"); // the whole matrix: nothing is cut off
        var method = Dense.Method("fed-sb", ("fed-sb.first-step", "0.25"), ("lora.targets", "layers.0.attention.q"), all);
        var state = method.Initialise();
        var round = FirstRound(method, state, 1, seed: 2);
        var gradient = round[0].Upload[FedSbBases.Dense("layers.0.attention.q")].Floats.ToArray();
        var rms = Math.Sqrt(gradient.Average(g => (double)g * g));
        var step = Dense.Of(method, method.Aggregate(state, new(1), round).Global).Single().Value;
        Assert.All(gradient.Zip(step), p => Assert.Equal(-0.25 * p.First / rms, p.Second, 1e-5));
    }

    [Fact]
    public void A_first_step_of_zero_keeps_the_directions_and_begins_at_the_pretrained_model()
    {
        var method = Dense.Method("fed-sb", ("fed-sb.first-step", "0"), ("fed-sb.rank", "2"));
        var state = method.Initialise();
        var after = method.Aggregate(state, new(1), FirstRound(method, state, 2, seed: 2)).Global;
        Assert.All(Dense.Of(method, after).Values, v => Assert.All(v, x => Assert.Equal(0, x)));
        Assert.All(
            after.Where(FedSbBases.IsBasis).Values,
            b => Assert.Equal(2, b.Floats.ToArray().Sum(x => (double)x * x), 1e-5)
        );
    }

    [Fact]
    public void A_gradient_of_nothing_is_no_step()
    {
        // Fault: the head is zero and not trained, so that no gradient reaches the encoder.
        var method = Dense.Method("fed-sb");
        var state = method.Initialise();
        var zero = FirstRound(method, state, 1, 1).Select(c => c with { Upload = Dense.Random(c.Upload, 1, sigma: 0) }).ToList();
        var after = method.Aggregate(state, new(1), zero).Global;
        Assert.All(Dense.Of(method, after).Values, v => Assert.All(v, x => Assert.Equal(0, x)));
    }

    [Fact]
    public void A_weak_client_moves_the_leading_block_and_entries_are_means_over_those_who_have_them()
    {
        var method = Dense.Method("fed-sb", ("fed-sb.source", "seed"), ("fed-sb.rank", "4"));
        var state = method.Initialise();
        var name = FedSbBases.Core("layers.0.attention.q");
        var whole = Dense.Uploads(method, state, 2, seed: 1);
        var weak = whole[1] with { Upload = FedSbBases.Blocks(whole[1].Upload, ((FedSb)method).Ranks, 0.25) };
        Assert.Equal(4, weak.Upload["layers.0.attention.q.fedsb_R_block"].Count); // 2 x 2 of 4 x 4: a quarter of the numbers
        var after = method.Aggregate(state, new(1), [weak, whole[0]]).Global[name].Floats.ToArray();
        for (var i = 0; i < 16; i++)
        {
            var (first, second) = (whole[0].Upload[name].Floats[i], whole[1].Upload[name].Floats[i]);
            Assert.Equal(i is 0 or 1 or 4 or 5 ? (first + second) / 2 : first, after[i], 1e-6f);
        }
    }

    [Fact]
    public void A_block_that_is_no_block_is_refused_with_client_and_tensor()
    {
        var method = Dense.Method("fed-sb", ("fed-sb.source", "seed"), ("fed-sb.rank", "2"));
        var state = method.Initialise();
        var round = Dense.Uploads(method, state, 1, seed: 1);
        var map = "layers.0.attention.q";
        var upload = round[0].Upload.Where(n => n != FedSbBases.Core(map)).With(map + ".fedsb_R_block", TensorValue.Zeros(1, 2));
        var fault = Assert.Throws<ArgumentException>(() => method.Aggregate(state, new(1), [round[0] with { Upload = upload }]));
        Assert.Contains("client-00000 sent layers.0.attention.q.fedsb_R_block", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_without_the_bases_says_so()
    {
        var method = Dense.Method("fed-sb");
        var first = method.Initialise();
        var state = method.Aggregate(first, new(1), FirstRound(method, first, 1, 1));
        var given = method.Assign(state, Toys.Profile(ClientId.Of(0)), new(2));
        var lean = given.Download.Where(n => !FedSbBases.IsBasis(n));
        var fault = Assert.Throws<InvalidDataException>(() =>
            method.Personalise(new(ClientId.Of(0), new(2), 0, lean, given.Plan, null), NoProbe.Instance)
        );
        Assert.Contains("client-00000", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_core_wider_than_a_map_is_refused_with_the_setting()
    {
        var fault = Assert.Throws<ArgumentException>(() => Dense.Method("fed-sb", ("fed-sb.rank", "9")));
        Assert.Contains("fed-sb.rank: rank 9 for layers.0.attention.q [8, 8]", fault.Message, StringComparison.Ordinal);
    }
}
