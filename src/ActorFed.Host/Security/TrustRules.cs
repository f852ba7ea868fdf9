using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace ActorFed.Host.Security;

/// <summary>Whose certificate is accepted. The first rule that fails is named; nothing here depends on what the machine trusts else.</summary>
/// <param name="authority">The run CA.</param>
/// <param name="revoked">What is withdrawn now; throws a <see cref="FormatException"/> or <see cref="IOException"/> when nobody can tell.</param>
/// <param name="allowed">Names that may take part.</param>
/// <param name="time">For the time of validity.</param>
internal sealed class TrustRules(X509Certificate2 authority, Func<RevocationList> revoked, AllowList allowed, TimeProvider time)
{
    /// <summary>Judges a certificate.</summary>
    /// <param name="certificate">What was shown; null for nothing.</param>
    /// <param name="needed">The role that its holder must have; null for any.</param>
    /// <returns>The rule that it breaks; null if none.</returns>
    public string? Broken(X509Certificate2? certificate, PeerRole? needed = null) =>
        certificate is null ? "a certificate must be shown"
        : !IsIssued(certificate) ? "it must be issued by this run's CA"
        : IssuedCertificate.Of(certificate) is not { } issued ? "it must name its holder (CN) and the role server or node (OU)"
        : Outdated(issued)
            ?? (
                needed is { } role && issued.Role != role ? $"it must be a {IssuedCertificate.Word(role)}'s"
                : Withdrawn(certificate) is { } withdrawn ? withdrawn
                : !allowed.Has(issued.Name) ? "it must be on the allow-list (actorfed.security.allow)"
                : null
            );

    /// <summary>The same for one that was accepted before: what can change since.</summary>
    public string? BrokenSince(X509Certificate2 accepted) => Outdated(IssuedCertificate.Of(accepted)!) ?? Withdrawn(accepted);

    /// <summary>A certificate in words: name, role and serial number.</summary>
    public static string Name(X509Certificate2? certificate) =>
        certificate is null ? "none"
        : IssuedCertificate.Of(certificate) is { } issued
            ? $"{issued.Name} ({IssuedCertificate.Word(issued.Role)}), {issued.Serial}"
        : $"{Short(certificate.Subject)}, {certificate.SerialNumber}";

    private bool IsIssued(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // by our own list
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid; // by our own clock, with words of its own
        return chain.Build(certificate) && chain.ChainElements.Count == 2;
    }

    private string? Outdated(IssuedCertificate issued)
    {
        var now = time.GetUtcNow();
        var until = new DateTimeOffset(authority.NotAfter.ToUniversalTime());
        return now < issued.From || now >= issued.Until
                ? $"it must be valid now (from {Minute(issued.From)} to {Minute(issued.Until)}; now is {Minute(now)})"
            : now >= until ? $"its CA must be valid now (to {Minute(until)}; now is {Minute(now)})"
            : null;
    }

    // A list that cannot be read might hold anybody: nobody is let in.
    private string? Withdrawn(X509Certificate2 certificate)
    {
        try
        {
            return revoked().Contains(certificate) ? "it must not be revoked" : null;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return $"the revocation list must be readable ({e.Message})";
        }
    }

    private static string Minute(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    // What others show is bounded in our log.
    private static string Short(string text) => text.Length <= 128 ? text : text[..128] + "...";
}
