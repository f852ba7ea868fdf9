using ActorFed.Actors.Wire;
using ActorFed.Host.Security;
using ActorFed.Host.Simulation;
using Akka.Configuration;
using Microsoft.Extensions.Hosting;

namespace ActorFed.Host.Cluster;

/// <summary>Actor systems that talk to others.</summary>
internal static class Remoting
{
    /// <summary>Starts one; stopping the host ends it.</summary>
    /// <exception cref="UserException">It cannot listen where it shall.</exception>
    public static Task<IHost> StartAsync(Config settings, SecureRemoting security) =>
        ActorHost.StartAsync(security.Config.WithFallback(settings).WithFallback(WireConfiguration.Reference), security.Setup);
}
