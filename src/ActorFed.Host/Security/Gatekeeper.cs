using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorFed.Actors.Trust;
using ActorFed.Training.Federation;

namespace ActorFed.Host.Security;

/// <summary>Lets a node take part if its certificate is a node's, is made out to its name, and may speak for its clients.</summary>
internal sealed class Gatekeeper : IGatekeeper
{
    private readonly TrustRules _rules;
    private readonly ImmutableDictionary<string, ImmutableHashSet<ClientId>> _clients;

    /// <param name="rules">Whose certificates are accepted.</param>
    /// <param name="allowed">For whom each name may speak.</param>
    /// <param name="all">Every client of the run, in client order.</param>
    /// <exception cref="UserException">The list names clients that the run does not have.</exception>
    public Gatekeeper(TrustRules rules, AllowList allowed, ImmutableArray<ClientProfile> all) =>
        (_rules, _clients) = (rules, allowed.ClientsByName(all));

    /// <inheritdoc />
    public Admission Admit(string node, ImmutableArray<ClientId> clients, NodeProof? proof, ReadOnlySpan<byte> statement)
    {
        if (proof is null)
        {
            return new Admission.Denied("a registration must be signed", "none");
        }

        if (Read(proof.Certificate) is not { } certificate)
        {
            return new Admission.Denied("its certificate must be readable", "bytes that are none");
        }

        var shown = TrustRules.Name(certificate);
        if (_rules.Broken(certificate, PeerRole.Node) is { } broken)
        {
            return new Admission.Denied(broken, shown);
        }

        if (certificate.GetECDsaPublicKey() is not { } ecdsa)
        {
            return new Admission.Denied("its key must be an elliptic-curve key", shown);
        }

        var key = new NodeKey(certificate, ecdsa, _rules);
        return Broken(node, clients, IssuedCertificate.Of(certificate)!.Name) is { } rule ? new Admission.Denied(rule, shown)
            : !key.Verifies(statement, proof.Signature)
                ? new Admission.Denied("a registration must be signed with its certificate's key", shown)
            : new Admission.Granted(key);
    }

    private string? Broken(string node, ImmutableArray<ClientId> clients, string name)
    {
        if (name != node)
        {
            return $"its certificate must be made out to its name, {node}";
        }

        return
            _clients.TryGetValue(name, out var allowed)
            && clients.FirstOrDefault(c => !allowed.Contains(c)) is { Value.Length: > 0 } not
            ? $"it may not speak for {not} (actorfed.security.allow)"
            : null;
    }

    private static X509Certificate2? Read(string base64)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(Convert.FromBase64String(base64));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
