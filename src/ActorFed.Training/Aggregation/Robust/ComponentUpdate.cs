using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;

namespace ActorFed.Training.Aggregation.Robust;

/// <summary>What one client sent, cut into the units that a client trains or does not train: who trained what.</summary>
/// <param name="Client">Whose.</param>
/// <param name="Components">Values by the component's name, in ordinal order.</param>
/// <remarks>
/// A component is a tensor that all who sent it sent in one shape, or, where ranks differ, one row of A and one column of B:
/// <c>layers.0.attention.q.lora_A[002]</c>.
/// </remarks>
public sealed record ComponentUpdate(ClientId Client, ImmutableSortedDictionary<string, float[]> Components)
{
    /// <summary>The contributions in client order, cut into components; scores and indices (meta.*) are none.</summary>
    /// <exception cref="ArgumentException">Shapes that differ and are no LoRA factors', an element type but F32, or a value that is not finite.</exception>
    public static IReadOnlyList<ComponentUpdate> Split(IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(contributions);
        var ordered = contributions.OrderBy(c => c.Client).ToList();
        var mixed = ordered
            .SelectMany(c => c.Upload)
            .GroupBy(t => t.Key, t => t.Value)
            .Where(g => g.Any(t => !t.Shape.AsSpan().SequenceEqual(g.First().Shape.AsSpan())))
            .Select(g => g.Key)
            .ToHashSet(StringComparer.Ordinal);
        return [.. ordered.Select(c => new ComponentUpdate(c.Client, Parts(c, mixed)))];
    }

    /// <summary>The same components of a tensor set that everybody starts from; a component that it lacks is left out.</summary>
    public static ImmutableSortedDictionary<string, float[]> Of(TensorSet tensors, IEnumerable<string> components)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return components
            .Select(name => (Name: name, Values: Find(tensors, name)))
            .Where(c => c.Values is not null)
            .ToImmutableSortedDictionary(c => c.Name, c => c.Values!, StringComparer.Ordinal);
    }

    /// <summary>A tensor set with these components in the places from which <see cref="Split"/> took them.</summary>
    public static TensorSet Join(TensorSet tensors, IReadOnlyDictionary<string, float[]> components)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(components);
        return tensors.With(
            TensorSet.Of(
                components
                    .GroupBy(c => TensorOf(c.Key), StringComparer.Ordinal)
                    .Select(g => KeyValuePair.Create(g.Key, Put(tensors[g.Key], g.Key, g)))
            )
        );
    }

    private static ImmutableSortedDictionary<string, float[]> Parts(Contribution contribution, HashSet<string> mixed)
    {
        var parts = ImmutableSortedDictionary.CreateBuilder<string, float[]>(StringComparer.Ordinal);
        foreach (
            var (name, value) in contribution.Upload.Where(t => !t.Key.StartsWith(TensorSet.MetaPrefix, StringComparison.Ordinal))
        )
        {
            ThrowUnlessUsable(contribution.Client, name, value);
            parts.AddRange(
                mixed.Contains(name)
                    ? Enumerable
                        .Range(0, Rank(contribution.Client, name, value))
                        .Select(i => KeyValuePair.Create(Index(name, i), Rank(name, value, i)))
                    : [KeyValuePair.Create(name, value.Floats.ToArray())]
            );
        }

        return parts.ToImmutable();
    }

    private static void ThrowUnlessUsable(ClientId client, string name, TensorValue value)
    {
        if (value.Type != ElementType.F32)
        {
            throw new ArgumentException($"{client} sent {name} as {value}: a robust rule works on F32.");
        }

        if (!value.IsFinite)
        {
            throw new ArgumentException($"{client} sent {name} with a value that is not finite.");
        }
    }

    private static int Rank(ClientId client, string name, TensorValue value) =>
        (IsA(name), IsB(name), value.Shape.Length) switch
        {
            (true, _, 2) => (int)value.Shape[0],
            (_, true, 2) => (int)value.Shape[1],
            _ => throw new ArgumentException(
                $"{client} sent {name} as {value}, others in another shape: only LoRA factors may differ in rank."
            ),
        };

    private static float[] Rank(string name, TensorValue value, int i)
    {
        if (IsA(name))
        {
            var width = (int)value.Shape[1];
            return value.Floats.Slice(i * width, width).ToArray();
        }

        var (height, rank) = ((int)value.Shape[0], (int)value.Shape[1]);
        var column = new float[height];
        for (var row = 0; row < height; row++)
        {
            column[row] = value.Floats[(row * rank) + i];
        }

        return column;
    }

    private static float[]? Find(TensorSet tensors, string component)
    {
        var name = TensorOf(component);
        if (!tensors.TryGetValue(name, out var value))
        {
            return null;
        }

        return IndexOf(component) is not { } i ? value.Floats.ToArray()
            : i < value.Shape[IsA(name) ? 0 : 1] ? Rank(name, value, i)
            : null;
    }

    private static TensorValue Put(TensorValue tensor, string name, IEnumerable<KeyValuePair<string, float[]>> components)
    {
        var values = tensor.Floats.ToArray();
        foreach (var (component, part) in components)
        {
            var stride = IndexOf(component) is null || IsA(name) ? 1 : (int)tensor.Shape[1];
            var at = (IndexOf(component) ?? 0) * (IsA(name) ? (int)tensor.Shape[1] : 1);
            for (var i = 0; i < part.Length; i++)
            {
                values[at + (i * stride)] = part[i];
            }
        }

        return TensorValue.Of(values, tensor.Shape.AsSpan());
    }

    private static bool IsA(string name) => name.EndsWith(LoraNames.SuffixA, StringComparison.Ordinal);

    private static bool IsB(string name) => name.EndsWith(LoraNames.SuffixB, StringComparison.Ordinal);

    private static string Index(string name, int i) => string.Create(CultureInfo.InvariantCulture, $"{name}[{i:D3}]");

    private static string TensorOf(string component) =>
        component.EndsWith(']') ? component[..component.LastIndexOf('[')] : component;

    private static int? IndexOf(string component) =>
        component.EndsWith(']')
            ? int.Parse(component.AsSpan(component.LastIndexOf('[') + 1).TrimEnd(']'), CultureInfo.InvariantCulture)
            : null;
}
