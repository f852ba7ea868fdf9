using Akka.Actor.Setup;

namespace Akka.Hosting;

/// <summary>Options of a part of Akka that write themselves into the configuration of a host's actor system.</summary>
public interface IHoconOption
{
    /// <summary>Where the settings stand.</summary>
    string ConfigPath { get; }

    /// <summary>The class that reads them.</summary>
    Type Class { get; }

    void Apply(AkkaConfigurationBuilder builder, Setup? setup = null);
}
