namespace ActorFed.Host.Security;

/// <summary>What a certificate lets its holder be.</summary>
internal enum PeerRole
{
    /// <summary>Holds runs; nodes connect to nobody else.</summary>
    Server,

    /// <summary>Trains clients, or asks for the status.</summary>
    Node,
}
