using System.Security.Cryptography.X509Certificates;
using ActorFed.Host.Security;

namespace ActorFed.Host.Tests.Security;

/// <summary>A CA in a folder of its own, and what its machines were given.</summary>
internal sealed class TestCa : IDisposable
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);
    private readonly TemporaryFolder _folder = new();

    public TestCa() => RunAuthority.Create(Folder, "actorfed", Year, Clock).Dispose();

    public SetClock Clock { get; } = new(SetClock.Start);

    public string Folder => _folder.Path;

    /// <summary>The folder of a new machine.</summary>
    public string Issue(string name, PeerRole role = PeerRole.Node, int days = 30)
    {
        using var authority = RunAuthority.Open(Folder, Clock);
        return authority.Issue(name, role, TimeSpan.FromDays(days)).Folder;
    }

    public void Revoke(string name)
    {
        using var authority = RunAuthority.Open(Folder, Clock);
        authority.Revoke(name);
    }

    public X509Certificate2 Root() =>
        X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Folder, SecurityFiles.Authority));

    public static X509Certificate2 Identity(string folder) =>
        X509CertificateLoader.LoadPkcs12FromFile(Path.Combine(folder, SecurityFiles.Identity), "");

    public void Dispose() => _folder.Dispose();
}
