using System.Runtime.Versioning;
using ActorFed.Host.Security;

namespace ActorFed.Host.Tests.Security;

/// <summary>A machine finds out by itself what others would refuse it for.</summary>
public sealed class CredentialsTests : IDisposable
{
    private readonly TestCa _ca = new();
    private readonly string _site;

    public CredentialsTests() => _site = _ca.Issue("site-a");

    public void Dispose() => _ca.Dispose();

    [Fact]
    public void The_folder_of_a_machine_is_all_it_needs()
    {
        using var credentials = Credentials.Load(_site, PeerRole.Node, AllowList.Parse("site-b"), _ca.Clock);

        Assert.Equal("site-a", credentials.Self.Name);
        Assert.True(credentials.Identity.HasPrivateKey);
    }

    [Theory]
    [InlineData(SecurityFiles.Identity)]
    [InlineData(SecurityFiles.Authority)]
    [InlineData(SecurityFiles.Revoked)]
    public void A_missing_file_is_named_with_the_command_that_makes_it(string file)
    {
        File.Delete(Path.Combine(_site, file)); // fault

        var missing = Assert.Throws<MissingException>(Load);

        Assert.StartsWith(Path.Combine(_site, file), missing.Message, StringComparison.Ordinal);
        Assert.Contains("./actorfed certs issue", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SecurityFiles.Identity)]
    [InlineData(SecurityFiles.Authority)]
    public void A_damaged_file_is_named(string file)
    {
        File.WriteAllText(Path.Combine(_site, file), "nonsense"); // fault
        Says($"{Path.Combine(_site, file)}: no certificate can be read from it");
    }

    [Fact]
    public void A_damaged_revocation_list_is_named()
    {
        File.WriteAllText(Path.Combine(_site, SecurityFiles.Revoked), "nonsense"); // fault
        Says("the revocation list must be readable");
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public void A_private_key_that_others_can_read_is_refused()
    {
        var identity = Path.Combine(_site, SecurityFiles.Identity);
        File.SetUnixFileMode(identity, File.GetUnixFileMode(identity) | UnixFileMode.GroupRead); // fault: copied without its mode
        Says("chmod 600");
    }

    [Fact]
    public void A_certificate_that_has_run_out_is_named_with_its_time()
    {
        _ca.Clock.Now += TimeSpan.FromDays(30); // fault
        Says("it must be valid now (from 2030-05-01 11:00 UTC to 2030-05-31 12:00 UTC");
    }

    [Fact]
    public void So_is_one_that_is_revoked()
    {
        _ca.Revoke("site-a"); // fault
        Says("certificate site-a (node), ");
        Says("it must not be revoked");
    }

    [Fact]
    public void A_node_cannot_serve() =>
        Assert.Contains(
            "it must be a server's",
            Assert.Throws<UserException>(() => Credentials.Load(_site, PeerRole.Server, AllowList.Everybody, _ca.Clock)).Message,
            StringComparison.Ordinal
        );

    private void Load() => Credentials.Load(_site, PeerRole.Node, AllowList.Everybody, _ca.Clock).Dispose();

    private void Says(string part)
    {
        var refused = Assert.Throws<UserException>(Load);
        Assert.Equal(ExitCode.BadSettings, refused.Code);
        Assert.Contains(part, refused.Message, StringComparison.Ordinal);
    }
}
