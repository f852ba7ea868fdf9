using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ActorFed.Training.Aggregation;
using ActorFed.Training.Chance;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>Names and plain arithmetic of <see cref="FedSb"/>'s tensors.</summary>
internal static class FedSbBases
{
    private const string EndA = ".fedsb_A";
    private const string EndB = ".fedsb_B";
    private const string EndCore = ".fedsb_R";
    private const string EndBlock = ".fedsb_R_block";
    private const string EndDense = ".fedsb_D";

    public static string A(string map) => map + EndA;

    public static string B(string map) => map + EndB;

    public static string Core(string map) => map + EndCore;

    public static string Dense(string map) => map + EndDense;

    public static bool IsCore(string name) => name.EndsWith(EndCore, StringComparison.Ordinal);

    public static bool IsDense(string name) => name.EndsWith(EndDense, StringComparison.Ordinal);

    public static bool IsBasis(string name) =>
        name.EndsWith(EndA, StringComparison.Ordinal) || name.EndsWith(EndB, StringComparison.Ordinal);

    /// <summary>The bases among these tensors; null when there are none.</summary>
    public static TensorSet? Of(TensorSet tensors) => tensors.Where(IsBasis) is { Count: > 0 } bases ? bases : null;

    /// <summary>Rows and columns of the block that a budget pays for: a square of the budget's share of r².</summary>
    public static int Side(int rank, double budget) => Math.Max(1, (int)Math.Floor((rank * Math.Sqrt(budget)) + 1e-9));

    /// <summary>Orthonormal bases by the seed: those of one gram-schmidt head of Ravan.</summary>
    public static TensorSet Draw(ImmutableArray<RankedMap> ranks, long seed)
    {
        var drawn = new RavanBases("gram-schmidt", 1, 0, 0).Draw(ranks, seed);
        return TensorSet.Of(
            ranks
                .Select(m => m.Map.Name)
                .SelectMany(m =>
                    new KeyValuePair<string, TensorValue>[]
                    {
                        new(A(m), drawn[RavanBases.A(m)]),
                        new(B(m), drawn[RavanBases.B(m)]),
                    }
                )
        );
    }

    /// <summary>B = U[:, :r], A = Vᵀ[:r, :], R = diag(σ_1..σ_r) of U Σ Vᵀ = D, or = -step D / rms(D) where a step is given.</summary>
    public static TensorSet Decompose(TensorSet dense, ImmutableArray<RankedMap> ranks, double? step) =>
        TensorSet.Of(ranks.SelectMany(m => Decompose(dense[Dense(m.Map.Name)], m, step)));

    /// <summary>The leading blocks of the cores in the place of the cores.</summary>
    public static TensorSet Blocks(TensorSet trained, ImmutableArray<RankedMap> ranks, double budget) =>
        trained
            .Where(n => !IsCore(n))
            .With(
                TensorSet.Of(
                    ranks.Select(m => new KeyValuePair<string, TensorValue>(
                        m.Map.Name + EndBlock,
                        Cut(trained[Core(m.Map.Name)], m.Rank, Side(m.Rank, budget))
                    ))
                )
            );

    /// <summary>Every tensor's weighted mean; a core's entry over those clients whose block has it, as it was where none has.</summary>
    /// <exception cref="ArgumentException">As <see cref="WeightedMean"/>; or a block that is no square within the core.</exception>
    public static TensorSet Mean(
        TensorSet global,
        ImmutableArray<RankedMap> ranks,
        IReadOnlyList<Contribution> contributions,
        string rule
    )
    {
        var weights = ClientWeights.Of(contributions, rule);
        if (contributions.All(c => !c.Upload.Keys.Any(n => n.EndsWith(EndBlock, StringComparison.Ordinal))))
        {
            return global.With(WeightedMean.Of(contributions, weights));
        }

        // Shapes differ only among the cores: each is laid into a whole core first, beside a mask of what it has.
        var whole = contributions.Select(c => c with { Upload = Laid(c, ranks) }).ToList();
        var sums = WeightedMean.Of(whole, weights);
        return global.With(
            TensorSet.Of(
                sums.Where(n => !n.EndsWith(Mask, StringComparison.Ordinal))
                    .Select(t =>
                        IsCore(t.Key)
                            ? new(t.Key, Divide(t.Value, sums[t.Key + Mask], global[t.Key]))
                            : new KeyValuePair<string, TensorValue>(t.Key, t.Value)
                    )
            )
        );
    }

    private const string Mask = ".mask";

    private static TensorSet Laid(Contribution contribution, ImmutableArray<RankedMap> ranks)
    {
        var upload = contribution.Upload;
        return TensorSet
            .Of(ranks.SelectMany(m => Laid(contribution, m)))
            .With(upload.Where(n => !IsCore(n) && !n.EndsWith(EndBlock, StringComparison.Ordinal)));
    }

    // float64 throughout: the division comes after the sum.
    private static KeyValuePair<string, TensorValue>[] Laid(Contribution contribution, RankedMap m)
    {
        var name = m.Map.Name;
        var block = contribution.Upload.TryGetValue(name + EndBlock, out var part) ? part : contribution.Upload[Core(name)];
        if (block.Shape.Length != 2 || block.Shape[0] != block.Shape[1] || block.Shape[0] > m.Rank)
        {
            throw new ArgumentException($"{contribution.Client} sent {name}{EndBlock} as {block}: a square of at most {m.Rank}.");
        }

        var side = (int)block.Shape[0];
        var (core, mask) = (new double[m.Rank * m.Rank], new double[m.Rank * m.Rank]);
        for (var i = 0; i < block.Count; i++)
        {
            var at = (i / side * m.Rank) + (i % side);
            (core[at], mask[at]) = (block.Floats[i], 1);
        }

        return [new(Core(name), Doubles(core, m.Rank)), new(Core(name) + Mask, Doubles(mask, m.Rank))];
    }

    private static TensorValue Divide(TensorValue sum, TensorValue weight, TensorValue old)
    {
        var sums = Doubles(sum);
        var weights = Doubles(weight);
        var mean = old.Floats.ToArray();
        for (var i = 0; i < mean.Length; i++)
        {
            mean[i] = weights[i] > 0 ? (float)(sums[i] / weights[i]) : mean[i];
        }

        return TensorValue.Of(mean, old.Shape.AsSpan());
    }

    private static TensorValue Cut(TensorValue core, int rank, int side)
    {
        var block = new float[side * side];
        for (var i = 0; i < block.Length; i++)
        {
            block[i] = core.Floats[(i / side * rank) + (i % side)];
        }

        return TensorValue.Of(block, side, side);
    }

    private static KeyValuePair<string, TensorValue>[] Decompose(TensorValue dense, RankedMap m, double? step)
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        var wide = dense.ToTorch(type: torch.ScalarType.Float64);
        var rms = wide.norm().ToDouble() / Math.Sqrt(dense.Count);
        var update = step is { } by ? wide.mul(rms > 0 ? -by / rms : 0) : wide;
        // A step of 0 asks for the directions alone.
        var (u, sigma, vh) = torch.linalg.svd(step is 0 ? wide : update, fullMatrices: false);
        var core = new float[m.Rank * m.Rank];
        for (var i = 0; i < m.Rank && step is not 0; i++)
        {
            core[(i * m.Rank) + i] = (float)sigma[i].ToDouble();
        }

        return
        [
            new(A(m.Map.Name), Floats(vh.narrow(0, 0, m.Rank))),
            new(B(m.Map.Name), Floats(u.narrow(1, 0, m.Rank))),
            new(Core(m.Map.Name), TensorValue.Of(core, m.Rank, m.Rank)),
        ];
    }

    private static TensorValue Floats(torch.Tensor tensor) => tensor.to(torch.ScalarType.Float32).ToValue();

    private static TensorValue Doubles(double[] values, int side) =>
        new(ElementType.F64, [side, side], MemoryMarshal.AsBytes<double>(values).ToArray());

    private static ReadOnlySpan<double> Doubles(TensorValue value) => MemoryMarshal.Cast<byte, double>(value.Bytes.Span);
}
