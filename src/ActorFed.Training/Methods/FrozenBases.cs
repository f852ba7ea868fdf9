using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Training.Methods;

/// <summary>Tensors that never change and are never sent: every node makes them again from the seed, and their hash is checked.</summary>
/// <remarks>The hash stands in the server's memory from the start, goes with every plan, and is compared before a client trains.</remarks>
/// <param name="make">Makes them; the same on every call. Called once.</param>
public sealed class FrozenBases(Func<TensorSet> make)
{
    private const string Key = "bases";
    private readonly Lazy<TensorSet> _tensors = new(make);

    /// <summary>The tensors.</summary>
    public TensorSet Tensors => _tensors.Value;

    /// <summary>What the server keeps: SHA-256 of the tensors' encoding as 8 integers.</summary>
    public TensorSet Stamp => TensorSet.Of([new(Key, new(ElementType.I32, [8], Hash()))]);

    /// <summary>The plan with the hash that the run began with.</summary>
    /// <exception cref="InvalidOperationException">The run began with other bases than these: another seed, version or platform.</exception>
    public Assignment Sign(Assignment assignment, ServerState state)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        ArgumentNullException.ThrowIfNull(state);
        var began = state.Memory[Key].Bytes;
        return began.Span.SequenceEqual(Hash())
            ? assignment with
            {
                Plan = assignment.Plan with { Indices = assignment.Plan.Indices.SetItem(Key, Words(began)) },
            }
            : throw new InvalidOperationException(
                $"The run began with frozen bases of the hash {Hex(began)}, here they come out as {Hex(Hash())}: another seed or platform."
            );
    }

    /// <summary>The tensors, if they are those of the plan.</summary>
    /// <exception cref="InvalidDataException">They are not, or the plan names none.</exception>
    public TensorSet Checked(LocalPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var own = Words(Hash());
        return plan.Indices.TryGetValue(Key, out var asked) && asked.AsSpan().SequenceEqual(own.AsSpan())
            ? Tensors
            : throw new InvalidDataException(
                $"The plan's frozen bases have the hash {Words(asked)}, this node's have {Words(own)}: their updates would not add up."
            );
    }

    private byte[] Hash() => SHA256.HashData(Tensors.Encoded.Span);

    private static ImmutableArray<int> Words(ReadOnlyMemory<byte> hash) => [.. MemoryMarshal.Cast<byte, int>(hash.Span)];

    private static string Words(ImmutableArray<int> words) =>
        words.IsDefaultOrEmpty ? "(none)" : string.Concat(words.Take(2).Select(w => $"{w:x8}"));

    private static string Hex(ReadOnlyMemory<byte> hash) => Words(Words(hash));
}
