using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote.Transport.DotNetty;

namespace Akka.Remote.Tests;

/// <summary>TLS, with certificates on both sides.</summary>
public sealed class TlsSpec : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly DateTimeOffset s_year = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<ActorSystem> _systems = [];
    private readonly TemporaryFolder _folder = new();

    private const string Common = """
        akka {
          actor.provider = remote
          loglevel = WARNING, stdout-loglevel = OFF, loggers = [], log-dead-letters = off
          remote { log-remote-lifecycle-events = off, handshake-timeout = 5 s }
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, enable-ssl = true }
        }
        """;

    public void Dispose()
    {
        foreach (var system in _systems)
            Assert.True(system.Terminate().Wait(s_patience));
        _folder.Dispose();
    }

    private static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=run CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(s_year, s_year.AddYears(50));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        byte[] serial = [.. name.Select(c => (byte)c).Take(8)];
        using var certificate = request.Create(authority, s_year, s_year.AddYears(40), serial);
        using var whole = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Accepts what one authority has issued.</summary>
    private static CertificateValidationCallback IssuedBy(X509Certificate2 authority) =>
        (certificate, _, _, _, _) =>
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(authority);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            return certificate is not null && chain.Build(certificate);
        };

    private ActorSystem NewSystem(string name, DotNettySslSetup? setup, string hocon = "")
    {
        var config = ConfigurationFactory.ParseString(hocon).WithFallback(ConfigurationFactory.ParseString(Common));
        var bootstrap = BootstrapSetup.Create().WithConfig(config);
        var system = ActorSystem.Create(
            name,
            setup is null ? ActorSystemSetup.Create(bootstrap) : ActorSystemSetup.Create(bootstrap, setup)
        );
        _systems.Add(system);
        return system;
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(m => Sender.Tell(m));
    }

    private static IActorRef EchoOn(ActorSystem system, ActorSystem from)
    {
        var echo = system.ActorOf(Props.Create(() => new Echo()));
        var address = ((ExtendedActorSystem)system).Provider.DefaultAddress;
        return ((ExtendedActorSystem)from).Provider.ResolveActorRef(echo.Path.ToSerializationFormatWithAddress(address));
    }

    private sealed class Recorder : ReceiveActor
    {
        public Recorder(TaskCompletionSource<object> first) => ReceiveAny(m => first.TrySetResult(m));
    }

    private static Task<object> First(ActorSystem system, Type channel)
    {
        var first = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        system.EventStream.Subscribe(system.ActorOf(Props.Create(() => new Recorder(first))), channel);
        return first.Task.WaitAsync(s_patience);
    }

    [Fact]
    public async Task Systems_with_certificates_of_one_authority_talk()
    {
        using var authority = Authority();
        var here = NewSystem("here", new(Issue(authority, "here"), false, true, IssuedBy(authority)));
        var there = NewSystem("there", new(Issue(authority, "there"), false, true, IssuedBy(authority)));

        Assert.Equal("secret", await EchoOn(there, here).Ask<string>("secret", s_patience));
        Assert.Equal("akka.ssl.tcp", ((ExtendedActorSystem)here).Provider.DefaultAddress.Protocol);
        var large = new byte[100_000];
        RandomNumberGenerator.Fill(large);
        Assert.Equal(large, await EchoOn(there, here).Ask<byte[]>(large, s_patience));
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused_before_any_message()
    {
        using var authority = Authority();
        using var other = Authority();
        var stranger = NewSystem("stranger", new(Issue(other, "stranger"), false, true, (_, _, _, _, _) => true));
        var there = NewSystem("there", new(Issue(authority, "there"), false, true, IssuedBy(authority)));
        var refused = First(there, typeof(Warning));
        var lost = First(stranger, typeof(DeadLetter));

        EchoOn(there, stranger).Tell("let me in", ActorRefs.NoSender);

        Assert.Contains("is closed", ((Warning)await refused).Message.ToString(), StringComparison.Ordinal);
        Assert.Equal("let me in", ((DeadLetter)await lost).Message);
    }

    [Fact]
    public async Task The_callback_can_refuse_one_certificate_and_is_told_whose()
    {
        using var authority = Authority();
        var asked = new TaskCompletionSource<(string Subject, string Peer)>();
        CertificateValidationCallback revoked = (certificate, _, peer, _, _) =>
        {
            asked.TrySetResult((certificate!.Subject, peer));
            return false;
        };
        var here = NewSystem("here", new(Issue(authority, "here"), false, true, IssuedBy(authority)));
        var there = NewSystem("there", new(Issue(authority, "there"), false, true, revoked));
        var lost = First(here, typeof(DeadLetter));

        EchoOn(there, here).Tell("x", ActorRefs.NoSender);

        var (subject, peer) = await asked.Task.WaitAsync(s_patience);
        Assert.Equal("CN=here", subject);
        Assert.StartsWith("127.0.0.1:", peer, StringComparison.Ordinal);
        Assert.Equal("x", ((DeadLetter)await lost).Message);
    }

    [Fact]
    public async Task Without_a_certificate_there_is_no_way_in()
    {
        using var authority = Authority();
        var there = NewSystem("there", new(Issue(authority, "there"), true, true));
        var refused = First(there, typeof(Warning));
        var address = ((ExtendedActorSystem)there).Provider.DefaultAddress;
        using var tcp = new System.Net.Sockets.TcpClient(address.Host, address.Port!.Value);
        using var ssl = new SslStream(tcp.GetStream());

        try
        {
            await ssl.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "x",
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
                }
            );
            Assert.Equal(0, await ssl.ReadAsync(new byte[1])); // TLS 1.3: the client hears it with its first read
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // refused in the handshake
        }
        Assert.Contains("is closed", ((Warning)await refused).Message.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_bytes_are_refused()
    {
        using var authority = Authority();
        var there = NewSystem("there", new(Issue(authority, "there"), true, true));
        using var peer = await RawPeer.ConnectAsync(((ExtendedActorSystem)there).Provider.DefaultAddress);

        await peer.SendAsync(RawPeer.Frame(Remote.Wire.FrameKind.Hello, [1, 2, 3, 4, 5, 6, 7, 8]));

        await peer.ExpectClosedAsync();
    }

    [Fact]
    public async Task A_handshake_that_never_ends_is_ended()
    {
        using var authority = Authority();
        var there = NewSystem("there", new(Issue(authority, "there"), true, true), "akka.remote.handshake-timeout = 400 ms");
        var refused = First(there, typeof(Warning));
        using var silent = await RawPeer.ConnectAsync(((ExtendedActorSystem)there).Provider.DefaultAddress);
        await silent.SendAsync([0x16, 0x03, 0x01]); // fault: a part of a TLS client's hello, and nothing more

        await silent.ExpectClosedAsync();

        Assert.Contains("no handshake within", ((Warning)await refused).Message.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_settings_name_a_file_with_the_certificate()
    {
        using var authority = Authority();
        var path = _folder.At("node.pfx");
        await File.WriteAllBytesAsync(path, Issue(authority, "node").Export(X509ContentType.Pkcs12, "pass"));
        var ssl =
            $$"""akka.remote.dot-netty.tcp.ssl { suppress-validation = true, certificate { path = "{{path}}", password = pass } }""";
        var (here, there) = (NewSystem("here", null, ssl), NewSystem("there", null, ssl));

        Assert.Equal("x", await EchoOn(there, here).Ask<string>("x", s_patience));
    }

    [Theory]
    [InlineData("path = \"\"", "certificate.path is empty")]
    [InlineData("path = \"no-such-file.pfx\"", "no-such-file.pfx")]
    [InlineData("use-thumbprint-over-file = true, thumbprint = abc, store-name = My", "abc")]
    [InlineData("use-thumbprint-over-file = true, store-location = moon", "moon")]
    public void Settings_without_a_usable_certificate_are_an_error_that_says_why(string certificate, string named)
    {
        var config = ConfigurationFactory
            .ParseString($"akka.remote.dot-netty.tcp.ssl.certificate {{ {certificate} }}")
            .WithFallback(ConfigurationFactory.ParseString(Common));

        var thrown = Assert.Throws<ConfigurationException>(() => ActorSystem.Create("x", config));

        Assert.Contains(named, thrown.Message, StringComparison.Ordinal);
    }
}
