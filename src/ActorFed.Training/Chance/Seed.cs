using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ActorFed.Training.Chance;

/// <summary>Derives one 64-bit seed from another and from what it is for, so that no two uses share a stream of chance.</summary>
/// <remarks>
/// SHA-256 over an unambiguous encoding of its arguments (every part carries its kind, every text its length); the result is the
/// first 8 bytes, little-endian. It depends on nothing else: not on the platform, the culture, the order of calls or a thread.
/// </remarks>
public static class Seed
{
    /// <summary>The seed of one purpose, for instance <c>Derive(run, "batches", round, client)</c>.</summary>
    /// <param name="seed">The seed it descends from: a run's, or one that was derived before.</param>
    /// <param name="purpose">What the chance is for; a constant in the code that asks. Not empty.</param>
    /// <param name="parts">What tells this use from its siblings (round, client, attempt); numbers and texts are never confused.</param>
    /// <exception cref="ArgumentException">The purpose is empty.</exception>
    public static long Derive(long seed, string purpose, params ReadOnlySpan<SeedPart> parts)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, seed);
        Append(hash, purpose);
        foreach (var part in parts)
        {
            Append(hash, part);
        }
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadInt64LittleEndian(digest);
    }

    private static void Append(IncrementalHash hash, SeedPart part)
    {
        var text = part.Text is { } t ? System.Text.Encoding.UTF8.GetBytes(t) : [];
        Span<byte> head = stackalloc byte[9];
        head[0] = (byte)(part.Text is null ? 'n' : 't');
        BinaryPrimitives.WriteInt64LittleEndian(head[1..], part.Text is null ? part.Number : text.Length);
        hash.AppendData(head);
        hash.AppendData(text);
    }
}

/// <summary>A whole number or a text that tells one use of chance from its siblings.</summary>
public readonly record struct SeedPart
{
    private SeedPart(string? text, long number) => (Text, Number) = (text, number);

    /// <summary>The text, or null when this part is a number.</summary>
    public string? Text { get; }

    /// <summary>The number; 0 when this part is a text.</summary>
    public long Number { get; }

    /// <summary>A number as a part.</summary>
    public static implicit operator SeedPart(long number) => new(null, number);

    /// <summary>A text as a part.</summary>
    public static implicit operator SeedPart(string text) => new(text ?? throw new ArgumentNullException(nameof(text)), 0);
}
