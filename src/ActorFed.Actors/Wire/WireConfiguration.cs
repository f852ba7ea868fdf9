using Akka.Actor;
using Akka.Configuration;

namespace ActorFed.Actors.Wire;

/// <summary>The actor system's settings that this assembly needs: what its messages are serialised with.</summary>
public static class WireConfiguration
{
    /// <summary>Version of the wire contract. Manifests carry the versions of single messages; this one changes when two sides of different versions cannot hold a run together.</summary>
    public const int Version = 2;

    /// <summary>Which actor library carries this process: remoting of different ones does not understand each other.</summary>
    public static string Kernel { get; } =
        $"{typeof(ActorSystem).Assembly.GetName().Name} {typeof(ActorSystem).Assembly.GetName().Version}";

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
