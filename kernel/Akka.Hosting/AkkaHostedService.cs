using Akka.Actor;
using Akka.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Akka.Hosting;

/// <summary>Starts the actor system with the host, and runs its coordinated shutdown when the host stops.</summary>
internal sealed class AkkaHostedService(IServiceProvider services, IHostApplicationLifetime lifetime) : IHostedService
{
    private ActorSystem? _system;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _system = services.GetRequiredService<ActorSystem>();
        var builder = services.GetRequiredService<AkkaConfigurationBuilder>();
        var registry = services.GetRequiredService<IActorRegistry>();
        await builder.Start(_system, registry, services.GetRequiredService<IDependencyResolver>()).ConfigureAwait(false);
        // A system that ends by itself takes the host with it: without actors the application does nothing.
        _ = _system.WhenTerminated.ContinueWith(_ => lifetime.StopApplication(), TaskScheduler.Default);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_system is not null)
            await CoordinatedShutdown
                .Get(_system)
                .Run(CoordinatedShutdown.ClrExitReason.Instance)
                .WaitAsync(cancellationToken)
                .ConfigureAwait(false);
    }
}
