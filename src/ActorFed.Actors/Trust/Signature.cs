namespace ActorFed.Actors.Trust;

/// <summary>A digital signature.</summary>
/// <param name="Hex">Its bytes, hexadecimal; at most <see cref="MostBytes"/>.</param>
public sealed record Signature(string Hex)
{
    /// <summary>Longest signature that is read.</summary>
    public const int MostBytes = 512;

    /// <summary>Of these bytes.</summary>
    /// <exception cref="ArgumentException">None, or more than <see cref="MostBytes"/>.</exception>
    public static Signature Of(ReadOnlySpan<byte> bytes) =>
        bytes.Length is > 0 and <= MostBytes
            ? new(Convert.ToHexStringLower(bytes))
            : throw new ArgumentException($"a signature has {bytes.Length} bytes; 1 to {MostBytes} are allowed.");

    /// <summary>The bytes.</summary>
    public byte[] ToBytes() => Convert.FromHexString(Hex);
}

/// <summary>What shows that a registration comes from the holder of a certificate.</summary>
/// <param name="Certificate">X.509, DER, as base64; at most <see cref="MostBytes"/> bytes.</param>
/// <param name="Signature">Of the registration, by the certificate's key.</param>
public sealed record NodeProof(string Certificate, Signature Signature)
{
    /// <summary>Longest certificate that is read.</summary>
    public const int MostBytes = 16 * 1024;

    /// <summary>Of a certificate's bytes.</summary>
    /// <exception cref="ArgumentException">None, or more than <see cref="MostBytes"/>.</exception>
    public static NodeProof Of(ReadOnlySpan<byte> certificate, Signature signature) =>
        certificate.Length is > 0 and <= MostBytes
            ? new(Convert.ToBase64String(certificate), signature)
            : throw new ArgumentException($"a certificate has {certificate.Length} bytes; 1 to {MostBytes} are allowed.");
}
