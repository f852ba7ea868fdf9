using ActorFed.Actors.Roster;
using ActorFed.Actors.Transfer;
using ActorFed.Actors.Trust;

namespace ActorFed.Actors.Nodes;

/// <summary>What a node needs to take part in a run of another process.</summary>
/// <param name="Identity">What it was prepared for; the server refuses another one.</param>
/// <param name="Capacity">What it says of itself.</param>
/// <param name="Transfer">How it fetches what its clients start from.</param>
/// <param name="Signer">Signs its registration and its clients' updates; null where nobody asks for it.</param>
public sealed record Membership(Identity Identity, NodeCapacity Capacity, TransferPorts Transfer, ISigner? Signer = null);
