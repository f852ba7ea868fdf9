using System.Security.Cryptography;

namespace ActorFed.Training.Encoding;

/// <summary>The name of a blob: the SHA-256 of its bytes, 64 lower-case hexadecimal digits.</summary>
public readonly record struct BlobId : IComparable<BlobId>
{
    private readonly string? _hex;

    /// <exception cref="ArgumentException">Not 64 lower-case hexadecimal digits.</exception>
    public BlobId(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        if (hex.Length != 64 || !hex.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f')))
        {
            throw new ArgumentException($"'{hex}' is no blob id: 64 lower-case hexadecimal digits are expected.", nameof(hex));
        }

        _hex = hex;
    }

    /// <summary>The 64 digits; empty for the default value, which names nothing.</summary>
    public string Hex => _hex ?? "";

    /// <summary>The name that these bytes have.</summary>
    public static BlobId Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <inheritdoc />
    public int CompareTo(BlobId other) => string.CompareOrdinal(Hex, other.Hex);

    /// <inheritdoc />
    public override string ToString() => Hex;
}
