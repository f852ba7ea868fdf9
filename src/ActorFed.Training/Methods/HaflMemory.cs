using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;

namespace ActorFed.Training.Methods;

/// <summary>Ī and Ū (<see cref="HaflImportance"/>) of all components, as a client keeps them between its participations.</summary>
/// <param name="rank">Components of a map.</param>
internal sealed class HaflMemory(int rank)
{
    /// <summary>What the client kept of a map; zeros before its first training.</summary>
    public TensorSet Kept(LocalWork work, LinearMap map)
    {
        var (a, b) = (LoraNames.A(map.Name), LoraNames.B(map.Name));
        return work.Personal?.Where(n => n.StartsWith(map.Name + ".lora_", StringComparison.Ordinal))
            ?? TensorSet.Of([
                new(HaflImportance.Mean(a), TensorValue.Zeros(rank, map.In)),
                new(HaflImportance.Mean(b), TensorValue.Zeros(map.Out, rank)),
                new(HaflImportance.Spread(a), TensorValue.Zeros(rank, map.In)),
                new(HaflImportance.Spread(b), TensorValue.Zeros(map.Out, rank)),
            ]);
    }

    /// <summary>The chosen components of it.</summary>
    public static TensorSet Of(TensorSet kept, string map, int[] chosen) =>
        TensorSet.Of(
            kept.Select(t =>
                KeyValuePair.Create(t.Key, IsRows(t.Key, map) ? Factors.Rows(t.Value, chosen) : Factors.Columns(t.Value, chosen))
            )
        );

    /// <summary>What was seen of the chosen components in their places, and the memory of the others.</summary>
    public TensorSet Back(TensorSet kept, TensorSet seen, string map, int[] chosen)
    {
        int[] places = [.. Enumerable.Range(0, rank).Select(i => Array.IndexOf(chosen, i) is >= 0 and var at ? rank + at : i)];
        return TensorSet.Of(
            kept.Select(t =>
                KeyValuePair.Create(
                    t.Key,
                    IsRows(t.Key, map)
                        ? Factors.Rows(Factors.StackRows([t.Value, seen[t.Key]]), places)
                        : Factors.Columns(Factors.StackColumns([t.Value, seen[t.Key]]), places)
                )
            )
        );
    }

    private static bool IsRows(string name, string map) => name.StartsWith(LoraNames.A(map), StringComparison.Ordinal);
}
