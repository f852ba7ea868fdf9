using ActorFed.Actors.Wire;
using static ActorFed.Actors.Roster.RosterProtocol;

namespace ActorFed.Actors.Nodes;

/// <summary>What a node tells those who watch, on the event stream. It stays in the process.</summary>
public interface INodeEvent : ILocalMessage;

/// <summary>The server knows this node: its clients may be invited.</summary>
public sealed record NodeJoined(string Node) : INodeEvent;

/// <summary>Another node holds a client of this one; it will ask again.</summary>
public sealed record NodeWaits(NodeRefused Why) : INodeEvent;

/// <summary>Final: this node cannot take part.</summary>
public sealed record NodeTurnedAway(NodeMismatched Why) : INodeEvent;

/// <summary>The server is gone. The node registers again as soon as there is one.</summary>
public sealed record ServerLost(string Node) : INodeEvent;

/// <summary>Final: the run is over.</summary>
public sealed record NodeDismissed(RunEnded How) : INodeEvent;
