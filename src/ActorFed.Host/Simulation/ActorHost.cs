using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorFed.Host.Simulation;

/// <summary>The actor systems of this program; stopping a host ends its system.</summary>
internal static class ActorHost
{
    /// <summary>The name of every system of ours: addresses contain it.</summary>
    public const string Name = "actorfed";

    /// <summary>Starts one.</summary>
    /// <param name="settings">All of its configuration.</param>
    /// <param name="setup">What it needs beside that; null for nothing.</param>
    public static async Task<IHost> StartAsync(Config settings, Setup? setup)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAkka(
            Name,
            system =>
            {
                system.AddHocon(settings, HoconAddMode.Prepend);
                if (setup is not null)
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
