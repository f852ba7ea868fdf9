using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Serialization;
using Akka.Util;

namespace Akka.Hosting;

public delegate Task ActorStarter(ActorSystem system, IActorRegistry registry);

public delegate Task ActorStarterWithResolver(ActorSystem system, IActorRegistry registry, IDependencyResolver resolver);

public delegate Task StartupTask(ActorSystem system, IActorRegistry registry);

/// <summary>Gathers what an actor system of a host is made of, before it is made.</summary>
public sealed class AkkaConfigurationBuilder
{
    public readonly HashSet<Setup> Setups = [];

    private readonly List<ActorStarterWithResolver> _starters = [];
    private readonly List<Type> _extensions = [];
    private readonly List<SerializerRegistration> _serializers = [];

    internal AkkaConfigurationBuilder(string actorSystemName, IServiceProvider? services) =>
        (ActorSystemName, Services) = (actorSystemName, services);

    internal IServiceProvider? Services { get; }

    internal string ActorSystemName { get; }

    public Option<ProviderSelection> ActorRefProvider { get; internal set; }

    public Option<Config> Configuration { get; private set; }

    /// <summary>Starts actors when the host starts, in the order of the calls.</summary>
    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry> starter) =>
        StartActors(
            (system, registry, _) =>
            {
                starter(system, registry);
                return Task.CompletedTask;
            }
        );

    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry, IDependencyResolver> starter) =>
        StartActors(
            (system, registry, resolver) =>
            {
                starter(system, registry, resolver);
                return Task.CompletedTask;
            }
        );

    public AkkaConfigurationBuilder StartActors(ActorStarter starter) =>
        StartActors((ActorSystem system, IActorRegistry registry, IDependencyResolver _) => starter(system, registry));

    public AkkaConfigurationBuilder StartActors(ActorStarterWithResolver starter)
    {
        _starters.Add(starter);
        return this;
    }

    /// <summary>Runs when the host starts, in order with the actors.</summary>
    public AkkaConfigurationBuilder AddStartup(Action<ActorSystem, IActorRegistry> startupTask) => StartActors(startupTask);

    public AkkaConfigurationBuilder AddStartup(StartupTask startupTask) =>
        StartActors((ActorSystem system, IActorRegistry registry, IDependencyResolver _) => startupTask(system, registry));

    /// <param name="extensions">Types of extension ids with a constructor without parameters.</param>
    public AkkaConfigurationBuilder WithExtensions(params Type[] extensions)
    {
        foreach (var type in extensions)
            if (!typeof(IExtensionId).IsAssignableFrom(type) || type.IsAbstract || type.GetConstructor(Type.EmptyTypes) is null)
                throw new ConfigurationException(
                    $"{type} is no extension: it must be an IExtensionId with a constructor without parameters."
                );
        _extensions.AddRange(extensions);
        return this;
    }

    public AkkaConfigurationBuilder WithExtension<T>()
        where T : IExtensionId => WithExtensions(typeof(T));

    /// <summary>A serializer under a name, for the types and what derives from them.</summary>
    public AkkaConfigurationBuilder WithCustomSerializer(
        string serializerIdentifier,
        IEnumerable<Type> boundTypes,
        Func<ExtendedActorSystem, Serializer> serializerFactory
    )
    {
        _serializers.Add(new SerializerRegistration(serializerIdentifier, [.. boundTypes], serializerFactory));
        return this;
    }

    internal void Add(Config config, HoconAddMode mode)
    {
        var known = Configuration.HasValue ? Configuration.Value : Config.Empty;
        Configuration = mode switch
        {
            HoconAddMode.Prepend => config.WithFallback(known),
            HoconAddMode.Append => known.WithFallback(config),
            HoconAddMode.Replace => config,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a HoconAddMode."),
        };
    }

    internal ActorSystem Build()
    {
        var bootstrap = BootstrapSetup.Create();
        if (Configuration.HasValue)
            bootstrap = bootstrap.WithConfig(Configuration.Value);
        if (ActorRefProvider.HasValue)
            bootstrap = bootstrap.WithActorRefProvider(ActorRefProvider.Value);
        var setups = Setups.Append(bootstrap);
        if (_serializers.Count > 0)
            setups = setups.Append(SerializerRegistration.Setup(_serializers));
        var system = ActorSystem.Create(ActorSystemName, ActorSystemSetup.Create([.. setups]));
        foreach (var extension in _extensions)
            system.RegisterExtension((IExtensionId)Activator.CreateInstance(extension)!);
        return system;
    }

    internal async Task Start(ActorSystem system, IActorRegistry registry, IDependencyResolver resolver)
    {
        foreach (var starter in _starters)
            await starter(system, registry, resolver).ConfigureAwait(false);
    }
}
