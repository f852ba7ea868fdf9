using ActorFed.Actors.Runs;

namespace ActorFed.Actors.Wire;

/// <summary>A message that may cross a process boundary: it has a protobuf form, a manifest and a line in the approved contract.</summary>
public interface IWireMessage;

/// <summary>A message of one attempt of one round; the key is how a late one is recognised.</summary>
public interface IRoundMessage : IWireMessage
{
    /// <summary>Which run, round and attempt.</summary>
    RoundKey Key { get; }
}
