using ActorFed.Training.Encoding;

namespace ActorFed.Actors.Rounds;

/// <summary>Bytes that went one way.</summary>
/// <param name="Payload">Elements of adapter tensors.</param>
/// <param name="Head">Elements of the task head (names under head.).</param>
/// <param name="Meta">Scores and indices (names under meta.) and the encoding's own bytes: names, shapes, padding.</param>
/// <param name="Retries">All bytes of earlier attempts of the same round, and of trainings that gave nothing to count.</param>
public sealed record Traffic(long Payload, long Head, long Meta, long Retries)
{
    /// <summary>Nothing.</summary>
    public static Traffic None { get; } = new(0, 0, 0, 0);

    /// <summary>All four together.</summary>
    public long Total => Payload + Head + Meta + Retries;

    /// <summary>What one transfer of these tensors takes.</summary>
    public static Traffic Of(TensorSet tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return Of(tensors, tensors.Encoded.Length);
    }

    /// <summary>The same where the length of the encoding is known: it is not encoded again.</summary>
    internal static Traffic Of(TensorSet tensors, long encodedBytes)
    {
        var (payload, head) = (0L, 0L);
        foreach (var (name, tensor) in tensors)
        {
            head += TensorSet.IsHead(name) ? tensor.Bytes.Length : 0;
            payload += IsAdapter(name) ? tensor.Bytes.Length : 0;
        }

        return new(payload, head, encodedBytes - payload - head, 0);
    }

    /// <summary>The sum, column by column.</summary>
    public Traffic Plus(Traffic other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Payload + other.Payload, Head + other.Head, Meta + other.Meta, Retries + other.Retries);
    }

    /// <summary>The same bytes, moved in vain.</summary>
    public Traffic AsRetries() => new(0, 0, 0, Total);

    private static bool IsAdapter(string name) =>
        !TensorSet.IsHead(name) && !name.StartsWith(TensorSet.MetaPrefix, StringComparison.Ordinal);
}
