using System.Collections.Immutable;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Trust;
using ActorFed.Actors.Wire;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Roster;

/// <summary>All that a node and the server say to each other about who is there. The conversation of rounds is another file.</summary>
/// <remarks>ask -> description | mismatch; register -> registered | refused | mismatch; ... -> run ended.</remarks>
public static class RosterProtocol
{
    /// <summary>Node → run. What is to be prepared for? Asked before there is a node, by the process that will be one.</summary>
    public sealed record AskRun(Software Software) : IWireMessage;

    /// <summary>Run → node. A node that prepares by these settings comes to the same identity.</summary>
    /// <param name="Identity">What a node must be equal in.</param>
    /// <param name="Settings">The fully resolved settings, as text.</param>
    /// <param name="Cluster">Whether servers and nodes form a cluster: then whoever asked joins it.</param>
    public sealed record RunDescription(Identity Identity, string Settings, bool Cluster = false) : IWireMessage;

    /// <summary>Node → registry. These clients live here, and this many of them can train at a time. A repeat replaces.</summary>
    /// <param name="Node">The node's name.</param>
    /// <param name="Clients">Who lives there.</param>
    /// <param name="Slots">Clients that can train at a time.</param>
    /// <param name="Identity">What it was prepared for; null within one process, where nothing can differ.</param>
    /// <param name="Capacity">What it trains with; null within one process.</param>
    /// <param name="Proof">Certificate and signature; null where nobody asks for it.</param>
    public sealed record RegisterNode(
        string Node,
        ImmutableArray<ClientId> Clients,
        int Slots,
        Identity? Identity = null,
        NodeCapacity? Capacity = null,
        NodeProof? Proof = null
    ) : IWireMessage;

    /// <summary>Registry → node. The clients may be invited from now on. The node goes on to register, so that a server which was started again, or a certificate that was revoked, is noticed.</summary>
    /// <param name="Node">The node's name.</param>
    /// <param name="Epoch">The server's. A node that has heard of a higher one stays there: a server whose time is over does not know it yet.</param>
    public sealed record NodeRegistered(string Node, long Epoch = 0) : IWireMessage;

    /// <summary>Registry → node. Another node holds <paramref name="Client"/>: no client lives twice. The node asks again, in case the other is gone by then.</summary>
    public sealed record NodeRefused(string Node, ClientId Client, string HeldBy) : IWireMessage;

    /// <summary>Server → node. Final: the two differ in something that decides the result, or cannot talk to each other.</summary>
    /// <param name="What">In what.</param>
    /// <param name="OfServer">What the server has.</param>
    /// <param name="OfNode">What the node has.</param>
    public sealed record NodeMismatched(string What, string OfServer, string OfNode) : IWireMessage;

    /// <summary>Node → registry. Final: a fault on the node that nobody foresaw. The run fails with it.</summary>
    public sealed record NodeFailed(string Node, string Detail) : IWireMessage;

    /// <summary>Run → node. Final: no more work will come.</summary>
    /// <param name="Run">Which run.</param>
    /// <param name="Completed">All rounds are done; else it was stopped or failed.</param>
    /// <param name="Detail">How it ended, for people.</param>
    public sealed record RunEnded(RunId Run, bool Completed, string Detail) : IWireMessage;
}
