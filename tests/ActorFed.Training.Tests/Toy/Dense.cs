using System.Collections.Immutable;
using ActorFed.Training.Chance;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;

namespace ActorFed.Training.Tests.Toy;

/// <summary>Methods seen as what they do to the weights: the oracle of the algebra.</summary>
internal static class Dense
{
    /// <summary>A method on the tiny model's maps.</summary>
    public static ITrainableMethod Method(string name, params (string Key, string Value)[] settings) =>
        Method(name, EncoderShape.Tiny, settings);

    public static ITrainableMethod Method(string name, EncoderShape shape, params (string Key, string Value)[] settings) =>
        MethodCatalog.Create(name, Context(shape, settings));

    public static MethodContext Context(EncoderShape shape, params (string Key, string Value)[] settings) =>
        new(5, shape.Maps, shape.Output, Toys.Classes, Toys.Settings(settings)) { Norms = shape.Norms };

    /// <summary>W - W0 of every map, by what the method exports.</summary>
    public static SortedDictionary<string, double[]> Of(ITrainableMethod method, TensorSet global)
    {
        var maps = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var pair in method.Export(global))
        {
            maps[pair.Map] = Array.ConvertAll(pair.Merge().Floats.ToArray(), v => (double)v);
        }

        return maps;
    }

    /// <summary>Normal values in the shapes of these tensors.</summary>
    public static TensorSet Random(TensorSet like, long seed, double sigma = 0.5)
    {
        var chance = SeededRandom.For(seed, "dense-test");
        return TensorSet.Of(
            like.Select(t => new KeyValuePair<string, TensorValue>(
                t.Key,
                TensorValue.Of(
                    [.. Enumerable.Range(0, (int)t.Value.Count).Select(_ => (float)chance.NextNormal(0, sigma))],
                    t.Value.Shape.AsSpan()
                )
            ))
        );
    }

    /// <summary>Largest difference over the largest magnitude.</summary>
    public static double Distance(IReadOnlyDictionary<string, double[]> expected, IReadOnlyDictionary<string, double[]> found)
    {
        Assert.Equal(expected.Keys, found.Keys);
        Assert.NotEmpty(expected);
        var largest = expected.Values.Max(v => v.Max(Math.Abs));
        return expected.Max(m => m.Value.Zip(found[m.Key]).Max(p => Math.Abs(p.First - p.Second))) / largest;
    }

    /// <summary>Σ w_k M_k.</summary>
    public static SortedDictionary<string, double[]> Sum(
        IEnumerable<(double Weight, IReadOnlyDictionary<string, double[]> Maps)> parts
    )
    {
        var sum = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var (weight, maps) in parts)
        {
            foreach (var (name, values) in maps)
            {
                var own = sum.TryGetValue(name, out var known) ? known : sum[name] = new double[values.Length];
                for (var i = 0; i < values.Length; i++)
                {
                    own[i] += weight * values[i];
                }
            }
        }

        return sum;
    }

    /// <summary>Random uploads of these clients, each of exactly the tensors that it was asked to train.</summary>
    public static List<Contribution> Uploads(ITrainableMethod method, ServerState state, int clients, long seed) =>
        [
            .. Enumerable
                .Range(0, clients)
                .Select(ClientId.Of)
                .Select(
                    (c, k) =>
                        new Contribution(
                            c,
                            Random(
                                state.Global.Where(method.Assign(state, Toys.Profile(c), new(1)).Plan.Trained.Contains),
                                seed + (31 * k)
                            ),
                            3 + (5 * k)
                        )
                ),
        ];
}

/// <summary>For work that needs no gradient before it begins.</summary>
internal sealed class NoProbe : IGradientProbe
{
    public static NoProbe Instance { get; } = new();

    public TensorSet Gradients(TensorSet tensors, ImmutableSortedSet<string> names) =>
        throw new InvalidOperationException("Nobody was to ask for a gradient.");
}
