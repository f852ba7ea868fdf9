using System.Text;
using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using Akka.DependencyInjection;
using Akka.Hosting;

namespace Akka.Cluster.Hosting;

/// <summary>A cluster, and its singletons, for an actor system of a host.</summary>
public static class AkkaClusterHostingExtensions
{
    /// <summary>Makes the system a node of a cluster; remoting comes with it (WithRemoting says where).</summary>
    public static AkkaConfigurationBuilder WithClustering(this AkkaConfigurationBuilder builder, ClusterOptions? options = null)
    {
        if (options is not null && Hocon(options) is { Length: > 0 } hocon)
            builder.AddHocon(hocon, HoconAddMode.Prepend);
        options?.SplitBrainResolver?.Apply(builder);
        builder.AddHocon(ClusterSingletonManager.DefaultConfig(), HoconAddMode.Append);
        return builder.WithActorRefProvider(ProviderSelection.Cluster.Instance);
    }

    /// <summary>Runs one such actor in the whole cluster.</summary>
    /// <typeparam name="TKey">The key of the proxy in the registry; of the manager, where there is no proxy.</typeparam>
    /// <param name="singletonName">Of the manager below /user, and of the actor below the manager.</param>
    /// <param name="createProxyToo">Whether this node gets a proxy too.</param>
    public static AkkaConfigurationBuilder WithSingleton<TKey>(
        this AkkaConfigurationBuilder builder,
        string singletonName,
        Props actorProps,
        ClusterSingletonOptions? options = null,
        bool createProxyToo = true
    ) => builder.WithSingleton<TKey>(singletonName, (_, _, _) => actorProps, options, createProxyToo);

    public static AkkaConfigurationBuilder WithSingleton<TKey>(
        this AkkaConfigurationBuilder builder,
        string singletonName,
        Func<ActorSystem, IActorRegistry, IDependencyResolver, Props> propsFactory,
        ClusterSingletonOptions? options = null,
        bool createProxyToo = true
    )
    {
        options ??= new ClusterSingletonOptions();
        return builder.WithActors(
            (system, registry, resolver) =>
            {
                var settings = ClusterSingletonManagerSettings.Create(system).WithSingletonName(singletonName);
                if (options.Role is not null)
                    settings = settings.WithRole(options.Role);
                var end = options.TerminationMessage ?? PoisonPill.Instance;
                var props = ClusterSingletonManager.Props(propsFactory(system, registry, resolver), end, settings);
                var manager = system.ActorOf(props, singletonName);
                if (createProxyToo)
                    CreateProxy<TKey>(singletonName, options, manager.Path.ToStringWithoutAddress(), system, registry);
                else
                    registry.TryRegister<TKey>(manager);
            }
        );
    }

    /// <summary>Sends messages to a singleton that runs on other nodes.</summary>
    /// <typeparam name="TKey">The key of the proxy in the registry.</typeparam>
    /// <param name="singletonManagerPath">Of its managers, without address; else /user and the name.</param>
    public static AkkaConfigurationBuilder WithSingletonProxy<TKey>(
        this AkkaConfigurationBuilder builder,
        string singletonName,
        ClusterSingletonOptions? options = null,
        string? singletonManagerPath = null
    ) =>
        builder.WithActors(
            (system, registry) =>
                CreateProxy<TKey>(
                    singletonName,
                    options ?? new ClusterSingletonOptions(),
                    singletonManagerPath ?? $"/user/{singletonName}",
                    system,
                    registry
                )
        );

    private static void CreateProxy<TKey>(
        string singletonName,
        ClusterSingletonOptions options,
        string managerPath,
        ActorSystem system,
        IActorRegistry registry
    )
    {
        var settings = ClusterSingletonProxySettings.Create(system).WithSingletonName(singletonName);
        if (options.Role is not null)
            settings = settings.WithRole(options.Role);
        if (options.BufferSize is { } size)
            settings = settings.WithBufferSize(size);
        var proxy = system.ActorOf(ClusterSingletonProxy.Props(managerPath, settings), $"{singletonName}-proxy");
        registry.TryRegister<TKey>(proxy);
    }

    private static string Hocon(ClusterOptions options)
    {
        var hocon = new StringBuilder();
        Set("roles", options.Roles is { } roles ? List(roles) : null);
        Set("seed-nodes", options.SeedNodes is { } seeds ? List(seeds) : null);
        Set("min-nr-of-members", options.MinimumNumberOfMembers?.ToHocon());
        foreach (var (role, least) in options.MinimumNumberOfMembersPerRole ?? [])
            Set($"role.{role.ToHocon()}.min-nr-of-members", least.ToHocon());
        Set("log-info", options.LogInfo?.ToHocon());
        Set("log-info-verbose", options.LogInfoVerbose?.ToHocon());
        if (options.FailureDetector?.ToHocon() is { Length: > 0 } detector)
            hocon.AppendLine("akka.cluster.failure-detector {").Append(detector).AppendLine("}");
        return hocon.ToString();

        void Set(string key, string? value)
        {
            if (value is not null)
                hocon.AppendLine($"akka.cluster.{key} = {value}");
        }
    }

    private static string List(IEnumerable<string> items) => $"[{string.Join(", ", items.Select(i => i.ToHocon()))}]";
}
