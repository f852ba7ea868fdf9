using ActorFed.Training.Aggregation;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using FsCheck;
using FsCheck.Fluent;

namespace ActorFed.Training.Tests.Aggregation;

/// <summary>The mean of a round: its value, its bits, and what it refuses by name.</summary>
public sealed class WeightedMeanTests
{
    [Fact]
    public void Weights_by_samples_and_uniform_give_these_means()
    {
        var round = new[] { From(0, 1, 1f, 2f), From(1, 3, 5f, 6f) };
        Assert.Equal([4f, 5f], Mean(round, "samples"));
        Assert.Equal([3f, 4f], Mean(round, "uniform"));
    }

    [Fact]
    public void The_order_of_clients_never_changes_a_bit()
    {
        Prop.ForAll(
                ArbMap.Default.ArbFor<(NormalFloat A, NormalFloat B, NormalFloat C)>(),
                v =>
                {
                    var round = new[] { From(0, 3, (float)v.A.Get), From(1, 7, (float)v.B.Get), From(2, 11, (float)v.C.Get) };
                    if (round.Any(c => !float.IsFinite(c.Upload["x"].Floats[0])))
                    {
                        return true;
                    }

                    var bits = round.Permutations().Select(p => BitConverter.SingleToInt32Bits(Mean(p, "samples")[0]));
                    return bits.Distinct().Count() == 1;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Many_numbers_are_summed_as_a_plain_loop_in_double_would()
    {
        var values = Enumerable.Range(0, 5000).Select(i => MathF.Sin(i)).ToArray();
        var round = new[] { From(0, 2, values), From(1, 5, [.. values.Select(v => v * 3)]) };
        var expected = values.Select(v => (float)((v * (2 / 7.0)) + (v * 3 * (5 / 7.0))));
        Assert.All(expected.Zip(Mean(round, "samples")), p => Assert.Equal(p.First, p.Second, 1e-6f));
    }

    [Fact]
    public void The_bits_are_those_of_one_client_after_the_other_in_double()
    {
        var chance = new Random(11);
        var clients = Enumerable.Range(0, 7).Select(_ => Floats(chance, 3001)).ToArray();
        double[] weights = [0.1, 0.3, 1 / 3.0, 2, 1e-7, 0.7, 5];
        var expected = new double[3001];
        foreach (var (values, weight) in clients.Zip(weights))
        {
            for (var i = 0; i < expected.Length; i++)
            {
                expected[i] += values[i] * weight;
            }
        }

        var mean = WeightedMean.Of([.. clients.Select((v, i) => From(i, 1, v))], weights);

        Assert.Equal(expected.Select(e => (float)e), mean["x"].Floats.ToArray());
        Assert.Equal(Safetensors.Encode(TensorSet.Of(mean)), mean.Encoded.ToArray());
    }

    [Fact]
    public void Tensors_of_doubles_are_summed_in_double()
    {
        Contribution Doubles(int client, double value) =>
            new(ClientId.Of(client), TensorSet.Of([new("d", new(ElementType.F64, [], BitConverter.GetBytes(value)))]), 1);

        var mean = WeightedMean.Of([Doubles(0, 0.1), Doubles(1, 0.7)], [0.25, 0.75]);

        Assert.Equal((0.1 * 0.25) + (0.7 * 0.75), BitConverter.ToDouble(mean["d"].Bytes.Span));
        var fault = Assert.Throws<ArgumentException>(() => WeightedMean.Of([Doubles(0, 1), Doubles(1, double.NaN)], [1, 1]));
        Assert.Contains("client-00001 sent d", fault.Message);
    }

    [Fact]
    public void A_tensor_that_holds_no_floating_point_numbers_is_refused_by_name()
    {
        var index = new Contribution(ClientId.Of(1), TensorSet.Of([new("i", new(ElementType.I32, [1], new byte[4]))]), 1);
        Assert.Contains("i: a tensor of I32", Assert.Throws<ArgumentException>(() => WeightedMean.Of([index], [1])).Message);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_refused_with_client_and_tensor(float poison)
    {
        var many = new float[3000];
        many[2500] = poison; // fault: one number of a large tensor
        var fault = Refused(From(0, 1, new float[3000]), From(1, 1, many));
        Assert.Contains("client-00001", fault);
        Assert.Contains("sent x", fault);
    }

    [Fact]
    public void What_cannot_be_averaged_is_refused_by_name()
    {
        Assert.Contains("without a contribution", Refused());
        Assert.Contains("client-00003 contributed twice", Refused(From(3, 1, 1f), From(3, 1, 1f)));
        Assert.Contains("client-00002 contributed with 0", Refused(From(1, 1, 1f), From(2, 0, 1f)));
        Assert.Contains("client-00002 sent x as F32[2]", Refused(From(1, 1, 1f), From(2, 1, 1f, 2f)));
        var other = new Contribution(ClientId.Of(2), TensorSet.Of([new("y", TensorValue.Zeros(1))]), 1);
        Assert.Contains("only one of them sent: x, y", Refused(From(1, 1, 1f), other));
        var fault = Assert.Throws<ArgumentException>(() => WeightedMean.Of([From(1, 1, 1f)], [0]));
        Assert.Contains("client-00001 has the weight 0", fault.Message);
    }

    private static float[] Floats(Random chance, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => ((float)chance.NextDouble() - 0.5f) * MathF.Pow(10, chance.Next(-8, 8)))];

    private static string Refused(params Contribution[] round) =>
        Assert.Throws<ArgumentException>(() => Mean(round, "samples")).Message;

    private static float[] Mean(IReadOnlyList<Contribution> round, string rule) =>
        WeightedMean.Of(round, ClientWeights.Of(round, rule))["x"].Floats.ToArray();

    private static Contribution From(int client, long examples, params float[] values) =>
        new(ClientId.Of(client), TensorSet.Of([new("x", TensorValue.Of(values, values.Length))]), examples);
}

internal static class Orders
{
    public static IEnumerable<IReadOnlyList<T>> Permutations<T>(this IReadOnlyList<T> items) =>
        items.Count < 2
            ? [items]
            : Enumerable
                .Range(0, items.Count)
                .SelectMany(i =>
                    items.Where((_, j) => j != i).ToList().Permutations().Select(p => (IReadOnlyList<T>)[items[i], .. p])
                );
}
