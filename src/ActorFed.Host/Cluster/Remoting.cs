using ActorFed.Actors.Wire;
using ActorFed.Host.Security;
using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorFed.Host.Cluster;

/// <summary>Actor systems that talk to others.</summary>
internal static class Remoting
{
    /// <summary>The name of every system of ours: addresses contain it.</summary>
    public const string System = "actorfed";

    /// <summary>Starts one; stopping the host ends it.</summary>
    /// <exception cref="UserException">It cannot listen where it shall.</exception>
    public static async Task<IHost> StartAsync(Config settings, SecureRemoting security)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        var all = security.Config.WithFallback(settings).WithFallback(WireConfiguration.Reference);
        builder.Services.AddAkka(
            System,
            system =>
            {
                system.AddHocon(all, HoconAddMode.Prepend);
                if (security.Setup is { } setup)
                {
                    system.AddSetup(setup);
                }
            }
        );
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>The system of a host.</summary>
    public static ActorSystem SystemOf(IHost host) => host.Services.GetRequiredService<ActorSystem>();
}
