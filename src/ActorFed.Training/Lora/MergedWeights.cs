using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Training.Lora;

/// <summary>What rounds have added to the frozen weights for good: W = W0 + M, M ← M + Σ over the round's stack of b aᵀ.</summary>
/// <remarks>
/// The server keeps M (global) and the newest increments as factors (memory); a client keeps the M that it knew when it last counted. A
/// client that comes back gets the increments that it missed, or M where that is smaller. Both sides add increments in the order of rounds
/// by the same function, so a client's M has the server's bits. Increments that together outweigh M are dropped: nobody would be sent them.
/// </remarks>
internal static class MergedWeights
{
    /// <summary>In a plan: the last increment that a client is taken to know, and has kept M for; 0 for none.</summary>
    public const string Known = "merged-through";

    private const string Suffix = ".merged";
    private const string Increment = "increment.";
    private const string Seen = "seen.";
    private const string Since = "increments-after";

    /// <summary>The name of a map's M, [out, in].</summary>
    public static string Name(string map) => map + Suffix;

    /// <summary>The server's state after one more increment, with those who were there marked as knowing everything before it.</summary>
    /// <param name="state">Before.</param>
    /// <param name="round">The round that closes.</param>
    /// <param name="stack">A map's factors B A, scales included.</param>
    /// <param name="present">Whose updates counted.</param>
    public static ServerState Add(ServerState state, RoundId round, IReadOnlyList<LoraPair> stack, IEnumerable<ClientId> present)
    {
        // An increment that outweighs M by itself is not kept, and still counts as the newest.
        var newest = TensorValue.Wholes(state.Memory.Keys.Select(RoundOf).Append(Number(state.Memory, Since)).Max());
        var memory = state.Memory.With(TensorSet.Of(present.Select(c => KeyValuePair.Create(Seen + c.Value, newest))));
        memory = memory.With(
            TensorSet.Of(
                stack.SelectMany(p =>
                    new KeyValuePair<string, TensorValue>[]
                    {
                        new(LoraNames.A(Prefix(round.Number) + p.Map), p.A),
                        new(LoraNames.B(Prefix(round.Number) + p.Map), p.B),
                    }
                )
            )
        );
        var global = state.Global.With(TensorSet.Of(stack.Select(p => Added(p, state.Global))));
        return new(global, Trimmed(memory, global.Where(IsMerged).PayloadBytes));
    }

    /// <summary>The tensors that a client lacks, and what it is taken to have.</summary>
    public static (TensorSet Download, int Known) For(ServerState state, ClientId client)
    {
        var known = Number(state.Memory, Seen + client.Value);
        return known >= Number(state.Memory, Since)
            ? (state.Memory.Where(n => RoundOf(n) > known), known)
            : (state.Global.Where(IsMerged), 0);
    }

    /// <summary>The M of every map that a client computes with.</summary>
    /// <param name="work">Its kept M as the personal state, and what was downloaded.</param>
    /// <exception cref="InvalidOperationException">The server counts on an M that this client has not kept.</exception>
    public static TensorSet At(LocalWork work)
    {
        var known = work.Plan.Numbers.GetValueOrDefault(Known);
        if (known > 0 && work.Personal?.Keys.Any(IsMerged) != true)
        {
            throw new InvalidOperationException($"{work.Client} has not kept the weights that it knew after round {known}.");
        }

        var whole = work.Start.Where(IsMerged);
        var merged = whole.Count > 0 || known == 0 ? whole : work.Personal!.Where(IsMerged);
        foreach (var round in work.Start.Where(n => RoundOf(n) > 0).GroupBy(t => RoundOf(t.Key)).OrderBy(g => g.Key))
        {
            var increment = LoraPair.Of(
                TensorSet.Of(round.Select(t => new KeyValuePair<string, TensorValue>(MapPart(t.Key), t.Value))),
                1
            );
            merged = merged.With(TensorSet.Of(increment.Select(p => Added(p, merged))));
        }

        return merged;
    }

    /// <summary>An update whose client keeps the M that it began with; null where there was none.</summary>
    public static LocalUpdate Kept(LocalUpdate update, LocalStart start)
    {
        var merged = start.Tensors.Where(IsMerged);
        return update with { Personal = merged.Count > 0 ? merged : null };
    }

    /// <summary>Whether a name is a map's M.</summary>
    public static bool IsMerged(string name) => name.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Whether a name is a part of an increment.</summary>
    public static bool IsIncrement(string name) => name.StartsWith(Increment, StringComparison.Ordinal);

    /// <summary>M + scale · B A of every map as pairs that PEFT can express: as many directions as the sum has.</summary>
    public static IReadOnlyList<LoraPair> Export(TensorSet global, double scale)
    {
        var pairs = LoraPair.Of(global, scale).ToDictionary(p => p.Map, StringComparer.Ordinal);
        var merged = global.Keys.Where(IsMerged).Select(n => n[..^Suffix.Length]).ToList();
        return
        [
            .. merged.Select(m => Whole(m, global[Name(m)], pairs.GetValueOrDefault(m))).Where(p => p.Rank > 0),
            .. pairs.Values.Where(p => !merged.Contains(p.Map)),
        ];
    }

    private static LoraPair Whole(string map, TensorValue merged, LoraPair? pair)
    {
        var sum = merged.Floats.ToArray();
        if (pair?.Merge() is { } own)
        {
            System.Numerics.Tensors.TensorPrimitives.Add(sum, own.Floats, sum);
        }

        var (b, a) = ProductSvd.Of(TensorValue.Of(sum, merged.Shape.AsSpan()));
        return new(map, a, b, 1);
    }

    // One function for server and client: the same operations in the same order, so the same bits.
    private static KeyValuePair<string, TensorValue> Added(LoraPair pair, TensorSet merged)
    {
        using var scope = NewDisposeScope();
        var product = pair.B.ToTorch(type: ScalarType.Float64).mm(pair.A.ToTorch(type: ScalarType.Float64));
        var sum = merged.TryGetValue(Name(pair.Map), out var before)
            ? product.add(before.ToTorch(type: ScalarType.Float64))
            : product;
        return new(Name(pair.Map), sum.to(ScalarType.Float32).ToValue());
    }

    private static TensorSet Trimmed(TensorSet memory, long bound)
    {
        var (bytes, since) = (0L, 0);
        foreach (var round in memory.Where(IsIncrement).GroupBy(t => RoundOf(t.Key)).OrderByDescending(g => g.Key))
        {
            bytes += round.Sum(t => (long)t.Value.Bytes.Length);
            since = bytes > bound ? Math.Max(since, round.Key) : since;
        }

        return memory
            .Where(n => !IsIncrement(n) || RoundOf(n) > since)
            .With(Since, TensorValue.Wholes(Math.Max(since, Number(memory, Since))));
    }

    private static string Prefix(int round) => $"{Increment}{round:D7}.";

    private static string MapPart(string name) => name[Prefix(0).Length..];

    private static int RoundOf(string name) =>
        IsIncrement(name) ? int.Parse(name.AsSpan(Increment.Length, 7), System.Globalization.CultureInfo.InvariantCulture) : 0;

    private static int Number(TensorSet memory, string name) =>
        memory.TryGetValue(name, out var value) ? BitConverter.ToInt32(value.Bytes.Span) : 0;
}
