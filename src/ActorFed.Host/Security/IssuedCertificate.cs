using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace ActorFed.Host.Security;

/// <summary>What stands in a certificate of a run CA: CN is the holder's name, OU the role.</summary>
/// <param name="Name">Of the machine, or of the node on it.</param>
/// <param name="Role">What it may be.</param>
/// <param name="Serial">Hexadecimal; a revocation names it.</param>
/// <param name="From">Valid from then on.</param>
/// <param name="Until">And until then.</param>
internal sealed partial record IssuedCertificate(
    string Name,
    PeerRole Role,
    string Serial,
    DateTimeOffset From,
    DateTimeOffset Until
)
{
    /// <summary>The rule for names, for people.</summary>
    public const string NameRule = "1 to 64 letters, digits, dots, hyphens or underscores, a letter or digit first";

    /// <summary>Reads it; null where it has no name or role of ours.</summary>
    public static IssuedCertificate? Of(X509Certificate2 certificate)
    {
        var parts = certificate
            .SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(r => !r.HasMultipleElements)
            .Select(r => (Type: r.GetSingleElementType().FriendlyName, Value: r.GetSingleElementValue()))
            .ToLookup(r => r.Type, r => r.Value, StringComparer.Ordinal);
        return
            parts["CN"].ToArray() is [{ } name]
            && IsName(name)
            && parts["OU"].ToArray() is [{ } role]
            && RoleOf(role) is { } known
            ? new(
                name,
                known,
                certificate.SerialNumber,
                new DateTimeOffset(certificate.NotBefore.ToUniversalTime()),
                new DateTimeOffset(certificate.NotAfter.ToUniversalTime())
            )
            : null;
    }

    /// <summary>The subject that <see cref="Of"/> reads.</summary>
    public static X500DistinguishedName Subject(string name, PeerRole role)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationalUnitName(Word(role));
        subject.AddCommonName(name);
        return subject.Build();
    }

    /// <summary>Whether a text can be a name.</summary>
    public static bool IsName(string text) => Form().IsMatch(text);

    /// <summary>The role as it is written.</summary>
    public static string Word(PeerRole role) => role is PeerRole.Server ? "server" : "node";

    /// <summary>The role that a word names; null for none.</summary>
    public static PeerRole? RoleOf(string word) =>
        word switch
        {
            "server" => PeerRole.Server,
            "node" => PeerRole.Node,
            _ => null,
        };

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\z")]
    private static partial Regex Form();
}
