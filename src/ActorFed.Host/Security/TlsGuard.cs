using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Event;

namespace ActorFed.Host.Security;

/// <summary>A connection that was refused in its TLS handshake, before any message.</summary>
/// <param name="Peer">Where it came from, or went to.</param>
/// <param name="Certificate">What was shown, in words.</param>
/// <param name="Rule">The rule that it breaks.</param>
internal sealed record RefusedConnection(string Peer, string Certificate, string Rule);

/// <summary>The transport's certificate validation callback: it decides alone, by our rules.</summary>
/// <param name="rules">The rules.</param>
/// <param name="peers">What others must be; null for any role.</param>
/// <param name="refused">Is told of each that is logged.</param>
internal sealed class TlsGuard(TrustRules rules, PeerRole? peers, Action<RefusedConnection>? refused = null)
{
    private const int LoggedEach = 100;

    private long _refusals;

    /// <summary>The last refusal; null if there was none. A node that cannot reach its server can say why.</summary>
    public RefusedConnection? Last { get; private set; }

    /// <summary>Judges what the other side shows; any number of handshakes at a time.</summary>
    public bool Accept(X509Certificate2? certificate, X509Chain? chain, string peer, SslPolicyErrors errors, ILoggingAdapter log)
    {
        if (rules.Broken(certificate, peers) is not { } rule)
        {
            return true;
        }

        var refusal = Last = new(peer, TrustRules.Name(certificate), rule);
        var count = Interlocked.Increment(ref _refusals);
        if (count <= LoggedEach || long.IsPow2(count)) // a flood of connections is no flood of the log
        {
            log.Warning("TLS: refused [{0}], certificate [{1}]: {2}", refusal.Peer, refusal.Certificate, refusal.Rule);
            refused?.Invoke(refusal);
        }

        return false;
    }
}
