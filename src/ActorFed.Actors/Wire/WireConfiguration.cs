using Akka.Configuration;

namespace ActorFed.Actors.Wire;

/// <summary>The actor system's settings that this assembly needs: what its messages are serialised with.</summary>
public static class WireConfiguration
{
    /// <summary>To be merged below a host's own settings.</summary>
    public static Config Reference { get; } =
        ConfigurationFactory.ParseString(
            """
            akka.actor {
              serializers.actorfed = "ActorFed.Actors.Wire.WireSerializer, ActorFed.Actors"
              serialization-bindings { "ActorFed.Actors.Wire.IWireMessage, ActorFed.Actors" = actorfed }
              serialization-identifiers { "ActorFed.Actors.Wire.WireSerializer, ActorFed.Actors" = 4177 }
            }
            """
        );
}
