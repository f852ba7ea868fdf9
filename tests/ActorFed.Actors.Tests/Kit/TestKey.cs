using System.Security.Cryptography;
using System.Text;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Trust;

namespace ActorFed.Actors.Tests.Kit;

/// <summary>A real key pair without a certificate; it can be withdrawn.</summary>
internal sealed class TestKey(string holder) : ISigner, IUpdateKey, IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public bool IsWithdrawn { get; set; }

    public string Holder => holder;

    public Signature Sign(ReadOnlySpan<byte> statement) => Signature.Of(_key.SignData(statement, HashAlgorithmName.SHA256));

    public NodeProof Prove(ReadOnlySpan<byte> statement) => NodeProof.Of(Encoding.UTF8.GetBytes(holder), Sign(statement));

    public Refusal? Judge(ReadOnlySpan<byte> statement, Signature? signature) =>
        signature is null ? Refusal.Unsigned
        : !_key.VerifyData(statement, signature.ToBytes(), HashAlgorithmName.SHA256) ? Refusal.Forged
        : IsWithdrawn ? Refusal.Untrusted
        : null;

    public void Dispose() => _key.Dispose();
}
