using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.DependencyInjection;

/// <summary>Services, and actors whose constructors take services.</summary>
public interface IDependencyResolver
{
    object? GetService(Type type);

    T? GetService<T>();

    /// <summary>Makes the actor with the arguments given, and services for its other parameters.</summary>
    Props Props<T>(params object[] args)
        where T : ActorBase;
}

internal sealed class ServiceProviderDependencyResolver(IServiceProvider services) : IDependencyResolver
{
    public object? GetService(Type type) => services.GetService(type);

    public T? GetService<T>() => services.GetService<T>();

    public Props Props<T>(params object[] args)
        where T : ActorBase => Actor.Props.CreateBy(new Producer(services, typeof(T), args));

    private sealed class Producer(IServiceProvider services, Type type, object[] args) : IIndirectActorProducer
    {
        public Type ActorType => type;

        public ActorBase Produce() => (ActorBase)ActivatorUtilities.CreateInstance(services, type, args);

        public void Release(ActorBase actor) { }
    }
}
