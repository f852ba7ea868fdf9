using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorFed.Actors.Trust;

namespace ActorFed.Host.Security;

/// <summary>Signs with the key of this machine's certificate: ECDSA on P-256 over SHA-256.</summary>
internal sealed class NodeSigner : ISigner
{
    private readonly Lock _gate = new();
    private readonly byte[] _certificate;
    private readonly ECDsa _key;

    public NodeSigner(Credentials credentials) =>
        (_certificate, _key) = (credentials.Identity.RawData, credentials.Identity.GetECDsaPrivateKey()!);

    /// <inheritdoc />
    public Signature Sign(ReadOnlySpan<byte> statement)
    {
        lock (_gate)
        {
            return Signature.Of(_key.SignData(statement, HashAlgorithmName.SHA256));
        }
    }

    /// <inheritdoc />
    public NodeProof Prove(ReadOnlySpan<byte> statement) => NodeProof.Of(_certificate, Sign(statement));
}
