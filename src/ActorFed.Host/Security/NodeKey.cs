using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Trust;

namespace ActorFed.Host.Security;

/// <summary>The public key of a node that was let in, for as long as its certificate is accepted.</summary>
internal sealed class NodeKey : IUpdateKey
{
    private readonly Lock _gate = new();
    private readonly X509Certificate2 _certificate;
    private readonly TrustRules _rules;
    private readonly ECDsa _key;

    public NodeKey(X509Certificate2 certificate, ECDsa key, TrustRules rules) =>
        (_certificate, _key, _rules) = (certificate, key, rules);

    /// <inheritdoc />
    public string Holder => TrustRules.Name(_certificate);

    /// <inheritdoc />
    public Refusal? Judge(ReadOnlySpan<byte> statement, Signature? signature) =>
        signature is null ? Refusal.Unsigned
        : !Verifies(statement, signature) ? Refusal.Forged
        : _rules.BrokenSince(_certificate) is not null ? Refusal.Untrusted
        : null;

    /// <summary>Whether the key made this signature of this statement.</summary>
    public bool Verifies(ReadOnlySpan<byte> statement, Signature signature)
    {
        lock (_gate)
        {
            return _key.VerifyData(statement, signature.ToBytes(), HashAlgorithmName.SHA256);
        }
    }
}
