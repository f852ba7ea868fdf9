using Akka.Actor;

namespace ActorFed.Actors.Wire;

/// <summary>A message that never leaves its process: it may carry tensors by reference, and is not serialised even in tests.</summary>
public interface ILocalMessage : INoSerializationVerificationNeeded;
