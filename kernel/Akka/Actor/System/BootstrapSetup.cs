using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Which provider makes the references: local, remote, cluster, or a class of one's own.</summary>
public abstract class ProviderSelection
{
    private protected ProviderSelection(string fqn) => Fqn = fqn;

    internal string Fqn { get; }

    /// <summary>The class that a short name stands for; other names are class names already.</summary>
    internal static string ClassName(string provider) =>
        provider switch
        {
            "local" => "Akka.Actor.LocalActorRefProvider",
            "remote" => "Akka.Remote.RemoteActorRefProvider, Akka.Remote",
            "cluster" => "Akka.Cluster.ClusterActorRefProvider, Akka.Cluster",
            _ => provider,
        };

    public sealed class Local : ProviderSelection
    {
        public static readonly Local Instance = new();

        private Local()
            : base("local") { }
    }

    public sealed class Remote : ProviderSelection
    {
        public static readonly Remote Instance = new();

        private Remote()
            : base("remote") { }
    }

    public sealed class Cluster : ProviderSelection
    {
        public static readonly Cluster Instance = new();

        private Cluster()
            : base("cluster") { }
    }

    public sealed class Custom : ProviderSelection
    {
        public Custom(string fqn)
            : base(fqn) { }
    }
}

/// <summary>Configuration and provider of an actor system. Immutable.</summary>
public sealed class BootstrapSetup : Setup.Setup
{
    private BootstrapSetup(Option<Config> config, Option<Config> fallback, Option<ProviderSelection> provider) =>
        (Config, ConfigFallback, ActorRefProvider) = (config, fallback, provider);

    public Option<Config> Config { get; }

    public Option<ProviderSelection> ActorRefProvider { get; }

    internal Option<Config> ConfigFallback { get; }

    public static BootstrapSetup Create() => new(Option<Config>.None, Option<Config>.None, Option<ProviderSelection>.None);

    public BootstrapSetup WithActorRefProvider(ProviderSelection name) => new(Config, ConfigFallback, name);

    public BootstrapSetup WithConfig(Config config) => new(config, ConfigFallback, ActorRefProvider);

    /// <summary>Settings that stand behind the others, in front of the library's own.</summary>
    public BootstrapSetup WithConfigFallback(Config config) =>
        new(Config, ConfigFallback.HasValue ? ConfigFallback.Value.WithFallback(config) : config, ActorRefProvider);

    /// <summary>What an actor system is to read its settings from.</summary>
    internal Config Resolve()
    {
        var config = Config.HasValue ? Config.Value : ConfigurationFactory.Load();
        if (ConfigFallback.HasValue)
            config = config.WithFallback(ConfigFallback.Value);
        return ActorRefProvider.HasValue
            ? ConfigurationFactory.ParseString($"akka.actor.provider = \"{ActorRefProvider.Value.Fqn}\"").WithFallback(config)
            : config;
    }
}
