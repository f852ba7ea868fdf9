using System.Collections.Immutable;
using ActorFed.Actors.Rounds;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Trust;

/// <summary>Who may take part in a run. A port: certificates, their revocations and the list of names are the host's.</summary>
public interface IGatekeeper
{
    /// <summary>Judges a registration.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="clients">For whom it wants to speak.</param>
    /// <param name="proof">Its certificate and signature; null if it shows none.</param>
    /// <param name="statement">What has to be signed.</param>
    Admission Admit(string node, ImmutableArray<ClientId> clients, NodeProof? proof, ReadOnlySpan<byte> statement);
}

/// <summary>Whether a node may take part. A refusal is an answer, not an exception.</summary>
public abstract record Admission
{
    private Admission() { }

    /// <summary>It may; its clients' updates are held against <paramref name="Key"/>.</summary>
    public sealed record Granted(IUpdateKey Key) : Admission;

    /// <summary>It may not.</summary>
    /// <param name="Rule">The rule that it breaks, in words: "it must not be revoked".</param>
    /// <param name="Shown">The certificate, in words.</param>
    public sealed record Denied(string Rule, string Shown) : Admission;
}

/// <summary>The key of an admitted node.</summary>
/// <remarks>Used by several actors at a time.</remarks>
public interface IUpdateKey
{
    /// <summary>Whose, in words: name and serial number.</summary>
    string Holder { get; }

    /// <summary>Judges a signed statement.</summary>
    /// <returns><see cref="Refusal.Unsigned"/>, <see cref="Refusal.Forged"/>, or <see cref="Refusal.Untrusted"/> if the certificate is no longer accepted; null if all is well.</returns>
    Refusal? Judge(ReadOnlySpan<byte> statement, Signature? signature);
}
