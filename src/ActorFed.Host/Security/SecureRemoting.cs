using ActorFed.Actors.Trust;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Remote.Transport.DotNetty;

namespace ActorFed.Host.Security;

/// <summary>How this process's actor systems talk to others: over TLS with the certificates of a folder, or in the clear without one.</summary>
internal sealed class SecureRemoting : IDisposable
{
    private SecureRemoting(Credentials? credentials, AllowList allowed, TlsGuard? guard) =>
        (Credentials, Allowed, Guard) = (credentials, allowed, guard);

    /// <summary>In the clear.</summary>
    public static SecureRemoting None { get; } = new(null, AllowList.Everybody, null);

    /// <summary>What this process shows; null in the clear.</summary>
    public Credentials? Credentials { get; }

    /// <summary>Who may take part.</summary>
    public AllowList Allowed { get; }

    /// <summary>Whom the transport lets in; null in the clear.</summary>
    public TlsGuard? Guard { get; }

    /// <summary>The protocol of addresses.</summary>
    public string Protocol => Credentials is null ? "akka.tcp" : "akka.ssl.tcp";

    /// <summary>To stand above all other settings of remoting.</summary>
    public Config Config =>
        Credentials is null
            ? Config.Empty
            : ConfigurationFactory.ParseString(
                "akka.remote.dot-netty.tcp { enable-ssl = on, ssl { suppress-validation = off, require-mutual-authentication = on } }"
            );

    /// <summary>Certificate and callback for the transport; null in the clear.</summary>
    public Setup? Setup => Credentials is null ? null : new DotNettySslSetup(Credentials.Identity, false, true, Guard!.Accept);

    /// <summary>Signs for a node; null in the clear.</summary>
    public ISigner? Signer => Credentials is null ? null : new NodeSigner(Credentials);

    /// <summary>For a server: whoever has a certificate of the run CA and is on its list may connect.</summary>
    /// <param name="folder">What <c>certs issue</c> made; empty for none.</param>
    /// <param name="allowed">Who may take part.</param>
    /// <param name="world">Folder and clock.</param>
    /// <param name="refused">Is told of refused connections.</param>
    /// <exception cref="UserException">The folder is not usable; says why.</exception>
    public static SecureRemoting OfServer(string folder, string allowed, World world, Action<RefusedConnection> refused) =>
        Of(folder, PeerRole.Server, null, AllowList.Parse(allowed), world, refused);

    /// <summary>For a node: it talks to servers only. Whether it may be there is the server's to judge.</summary>
    /// <param name="folder">What <c>certs issue</c> made; empty for none.</param>
    /// <param name="world">Folder and clock.</param>
    /// <param name="own">The role that its certificate must have; null for any: a status may be asked from a server too.</param>
    /// <exception cref="UserException">The folder is not usable; says why.</exception>
    public static SecureRemoting OfNode(string folder, World world, PeerRole? own = PeerRole.Node) =>
        Of(folder, own, PeerRole.Server, AllowList.Everybody, world, null);

    /// <summary>The same where servers and nodes are one cluster: all members talk to each other, whatever their role.</summary>
    public SecureRemoting AmongMembers() => Credentials is null ? this : new(Credentials, Allowed, new(Credentials.Rules, null));

    /// <inheritdoc />
    public void Dispose() => Credentials?.Dispose();

    private static SecureRemoting Of(
        string folder,
        PeerRole? own,
        PeerRole? peers,
        AllowList allowed,
        World world,
        Action<RefusedConnection>? refused
    )
    {
        if (folder.Length == 0)
        {
            return None;
        }

        var credentials = Credentials.Load(Path.GetFullPath(folder, world.Folder), own, allowed, world.Time);
        return new(credentials, allowed, new(credentials.Rules, peers, refused));
    }
}
