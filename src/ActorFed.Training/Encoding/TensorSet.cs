using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace ActorFed.Training.Encoding;

/// <summary>Named tensors, ordered by name (ordinal): an adapter, a head, a server's memory. Immutable.</summary>
/// <remarks>
/// Names are <c>head.*</c> for the task head, <c>meta.*</c> for scores and indices, anything else for the adapter; the byte columns of a
/// result follow these prefixes. Its identity is the hash of its encoding (<see cref="Safetensors"/>), not the reference.
/// </remarks>
public sealed class TensorSet : IReadOnlyDictionary<string, TensorValue>
{
    /// <summary>Prefix of the task head's tensors.</summary>
    public const string HeadPrefix = "head.";

    /// <summary>Prefix of tensors that describe an update but are no parameters.</summary>
    public const string MetaPrefix = "meta.";

    private readonly ImmutableSortedDictionary<string, TensorValue> _tensors;
    private readonly Lazy<ReadOnlyMemory<byte>> _encoded;
    private readonly Lazy<BlobId> _id;

    private TensorSet(ImmutableSortedDictionary<string, TensorValue> tensors)
    {
        _tensors = tensors;
        _encoded = new(() => Safetensors.Encode(this));
        _id = new(() => BlobId.Of(Encoded.Span));
    }

    private TensorSet(TensorSet other, ReadOnlyMemory<byte> encoded)
    {
        _tensors = other._tensors;
        _encoded = new(encoded);
        _id = new(() => BlobId.Of(encoded.Span));
    }

    /// <summary>Whether a name is that of a part of the task head.</summary>
    public static bool IsHead(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(HeadPrefix, StringComparison.Ordinal);
    }

    /// <summary>No tensors.</summary>
    public static TensorSet Empty { get; } = new(ImmutableSortedDictionary.Create<string, TensorValue>(StringComparer.Ordinal));

    /// <inheritdoc />
    public int Count => _tensors.Count;

    /// <inheritdoc />
    public IEnumerable<string> Keys => _tensors.Keys;

    /// <inheritdoc />
    public IEnumerable<TensorValue> Values => _tensors.Values;

    /// <summary>Bytes of all elements, without names and shapes.</summary>
    public long PayloadBytes => _tensors.Values.Sum(t => (long)t.Bytes.Length);

    /// <summary>The canonical encoding; made once and kept.</summary>
    public ReadOnlyMemory<byte> Encoded => _encoded.Value;

    /// <summary>The hash of the encoding; made once and kept, because hashing is most of what a round without training costs.</summary>
    public BlobId Id => _id.Value;

    /// <inheritdoc />
    /// <exception cref="KeyNotFoundException">Names the tensor that is missing and those that are there.</exception>
    public TensorValue this[string key] =>
        _tensors.TryGetValue(key, out var value)
            ? value
            : throw new KeyNotFoundException($"No tensor '{key}'; there are: {string.Join(", ", _tensors.Keys.Take(20))}.");

    /// <summary>A set of these tensors.</summary>
    /// <exception cref="ArgumentException">A name twice.</exception>
    public static TensorSet Of(IEnumerable<KeyValuePair<string, TensorValue>> tensors)
    {
        var builder = ImmutableSortedDictionary.CreateBuilder<string, TensorValue>(StringComparer.Ordinal);
        foreach (var (name, value) in tensors)
        {
            builder.Add(name, value);
        }

        return new(builder.ToImmutable());
    }

    /// <summary>This set with its encoding, when the caller has it already.</summary>
    internal TensorSet EncodedAs(ReadOnlyMemory<byte> canonical) => new(this, canonical);

    /// <summary>This set with one tensor added or replaced.</summary>
    public TensorSet With(string name, TensorValue value) => new(_tensors.SetItem(name, value));

    /// <summary>This set with all of <paramref name="others"/> added or replaced.</summary>
    public TensorSet With(TensorSet others) => new(_tensors.SetItems(others));

    /// <summary>The tensors whose names satisfy the predicate.</summary>
    public TensorSet Where(Func<string, bool> name) => Of(_tensors.Where(t => name(t.Key)));

    /// <inheritdoc />
    public bool ContainsKey(string key) => _tensors.ContainsKey(key);

    /// <inheritdoc />
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TensorValue value) => _tensors.TryGetValue(key, out value);

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, TensorValue>> GetEnumerator() => _tensors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
