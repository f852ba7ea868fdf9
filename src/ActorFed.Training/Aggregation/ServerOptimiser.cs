using System.Runtime.InteropServices;
using ActorFed.Training.Encoding;

namespace ActorFed.Training.Aggregation;

/// <summary>One step of the server along a round's change D = θ_round - θ, where θ_round is what the method's own aggregation gave.</summary>
/// <remarks>
/// <para>FedAvg: θ ← θ + η D.</para>
/// <para>FedAvgM: m ← μ m + D; θ ← θ + η m (Hsu et al. 2019, https://arxiv.org/abs/1909.06335).</para>
/// <para>FedAdagrad: v ← v + D²; θ ← θ + η D / (√v + τ).</para>
/// <para>FedAdam: m ← β₁ m + (1 - β₁) D; v ← β₂ v + (1 - β₂) D²; θ ← θ + η m / (√v + τ); no bias correction.</para>
/// <para>FedYogi: v ← v - (1 - β₂) D² sign(v - D²); the rest as FedAdam.</para>
/// <para>
/// The last three: Reddi et al. 2021, algorithm 2 (https://arxiv.org/abs/2003.00295). Every coordinate by itself, in float64, rounded once to
/// float32. A tensor that the round did not move at all (RoLoRA's frozen factor, a head of Ravan that nobody trained) stays where it is,
/// and so do its moments: momentum must not move what was not trained.
/// </para>
/// </remarks>
public static class ServerOptimiser
{
    private const string First = "server.m.";
    private const string Second = "server.v.";

    /// <summary>Whether a tensor of the server's memory is one of the optimiser's.</summary>
    public static bool IsMoment(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(First, StringComparison.Ordinal) || name.StartsWith(Second, StringComparison.Ordinal);
    }

    /// <summary>θ and the moments after a step.</summary>
    /// <param name="before">θ, the global tensors before the round.</param>
    /// <param name="after">θ_round; what has no F32 tensor of the same name and shape in <paramref name="before"/> is taken as it is.</param>
    /// <param name="moments">The moments so far, F32; a moment that is missing begins.</param>
    /// <param name="options">Which optimiser.</param>
    public static (TensorSet Global, TensorSet Moments) Step(
        TensorSet before,
        TensorSet after,
        TensorSet moments,
        ServerOptimiserOptions options
    )
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(moments);
        var (global, kept) = (after, moments);
        foreach (var name in after.Keys.Where(n => Moves(before, after, n)))
        {
            var (value, m, v) = Step(
                before[name],
                after[name],
                Moment(moments, First + name),
                Moment(moments, Second + name),
                options
            );
            global = global.With(name, value);
            kept = m is null ? kept : kept.With(First + name, m);
            kept = v is null ? kept : kept.With(Second + name, v);
        }

        return (global, kept);
    }

    private static bool Moves(TensorSet before, TensorSet after, string name) =>
        !name.StartsWith(TensorSet.MetaPrefix, StringComparison.Ordinal)
        && before.TryGetValue(name, out var old)
        && after[name] is var value
        && old.Type == ElementType.F32
        && value.Type == ElementType.F32
        && old.Shape.AsSpan().SequenceEqual(value.Shape.AsSpan())
        && !old.Bytes.Span.SequenceEqual(value.Bytes.Span);

    private static TensorValue? Moment(TensorSet moments, string name) => moments.TryGetValue(name, out var value) ? value : null;

    private static (TensorValue Value, TensorValue? M, TensorValue? V) Step(
        TensorValue before,
        TensorValue after,
        TensorValue? m,
        TensorValue? v,
        ServerOptimiserOptions o
    )
    {
        var first = o.Kind is ServerOptimiserKind.FedAvgM or ServerOptimiserKind.FedAdam or ServerOptimiserKind.FedYogi;
        var second = o.Kind is ServerOptimiserKind.FedAdagrad or ServerOptimiserKind.FedAdam or ServerOptimiserKind.FedYogi;
        var moved = new float[before.Count];
        var newM = first ? m?.Floats.ToArray() ?? new float[before.Count] : [];
        var newV = second ? v?.Floats.ToArray() ?? Filled(before.Count, o.StartAtTau ? o.Tau * o.Tau : 0) : [];
        var old = before.Floats;
        var mean = after.Floats;
        for (var i = 0; i < moved.Length; i++)
        {
            var d = (double)mean[i] - old[i];
            var direction = first ? newM[i] = (float)FirstMoment(newM[i], d, o) : d;
            var scale = second ? Math.Sqrt(newV[i] = (float)SecondMoment(newV[i], d * d, o)) + o.Tau : 1;
            moved[i] = (float)(old[i] + (o.Rate * direction / scale));
        }

        return (Shaped(moved), first ? Shaped(newM) : null, second ? Shaped(newV) : null);

        TensorValue Shaped(float[] values) => TensorValue.Of(values, before.Shape.AsSpan());
    }

    private static double FirstMoment(double m, double d, ServerOptimiserOptions o) =>
        o.Kind == ServerOptimiserKind.FedAvgM ? (o.Momentum * m) + d : (o.Beta1 * m) + ((1 - o.Beta1) * d);

    private static double SecondMoment(double v, double square, ServerOptimiserOptions o) =>
        o.Kind switch
        {
            ServerOptimiserKind.FedAdagrad => v + square,
            ServerOptimiserKind.FedAdam => (o.Beta2 * v) + ((1 - o.Beta2) * square),
            _ => v - ((1 - o.Beta2) * square * Math.Sign(v - square)),
        };

    private static float[] Filled(long count, double value)
    {
        var values = new float[count];
        Array.Fill(values, (float)value);
        return values;
    }
}
