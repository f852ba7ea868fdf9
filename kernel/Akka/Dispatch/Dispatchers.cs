using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>What a dispatcher configurator may use of its actor system.</summary>
public interface IDispatcherPrerequisites
{
    EventStream EventStream { get; }

    IScheduler Scheduler { get; }

    Settings Settings { get; }

    Mailboxes Mailboxes { get; }
}

internal sealed record DispatcherPrerequisites(
    EventStream EventStream,
    IScheduler Scheduler,
    Settings Settings,
    Mailboxes Mailboxes
) : IDispatcherPrerequisites;

/// <summary>The dispatchers of an actor system by the path of their configuration.</summary>
public sealed class Dispatchers
{
    public static readonly string DefaultDispatcherId = "akka.actor.default-dispatcher";
    public static readonly string DefaultBlockingDispatcherId = "akka.actor.default-blocking-io-dispatcher";
    public static readonly string SynchronizedDispatcherId = "akka.actor.synchronized-dispatcher";
    internal const string InternalDispatcherId = "akka.actor.internal-dispatcher";

    private readonly ConcurrentDictionary<string, MessageDispatcherConfigurator> _configurators = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<MessageDispatcher, bool> _made = new();
    private readonly Settings _settings;

    public Dispatchers(ActorSystem system, IDispatcherPrerequisites prerequisites, ILoggingAdapter logger)
        : this(system.Settings, prerequisites) { }

    internal Dispatchers(Settings settings, IDispatcherPrerequisites prerequisites)
    {
        _settings = settings;
        Prerequisites = prerequisites;
    }

    public IDispatcherPrerequisites Prerequisites { get; }

    public Config DefaultDispatcherConfig => ConfigOf(DefaultDispatcherId);

    public MessageDispatcher DefaultGlobalDispatcher => Lookup(DefaultDispatcherId);

    internal MessageDispatcher InternalDispatcher => Lookup(InternalDispatcherId);

    public bool HasDispatcher(string id) => _configurators.ContainsKey(id) || _settings.Config.HasPath(id);

    /// <summary>The dispatcher configured at a path.</summary>
    public MessageDispatcher Lookup(string dispatcherName)
    {
        var id = string.IsNullOrEmpty(dispatcherName) ? DefaultDispatcherId : dispatcherName;
        var dispatcher = _configurators.GetOrAdd(id, Configure).Dispatcher();
        _made.TryAdd(dispatcher, true);
        return dispatcher;
    }

    /// <summary>Adds a dispatcher that no configuration names; false if the id is taken.</summary>
    public bool RegisterConfigurator(string id, MessageDispatcherConfigurator configurator) =>
        _configurators.TryAdd(id, configurator);

    /// <summary>The settings of a dispatcher, those of the default one behind them; an id may name another one to use.</summary>
    public static Config GetConfig(Config config, string id, int depth = 0)
    {
        if (depth > 20)
            throw new ConfigurationException($"Dispatcher '{id}': more than 20 names that only lead to another name.");
        var value = config.GetValue(id) ?? throw new ConfigurationException($"Dispatcher [{id}] not configured.");
        return value.IsObject() ? config.GetConfig(id)! : GetConfig(config, value.GetString()!, depth + 1);
    }

    private Config ConfigOf(string id)
    {
        var own = GetConfig(_settings.Config, id);
        var name = id[(id.LastIndexOf('.') + 1)..];
        return ConfigurationFactory
            .ParseString($"id = \"{id}\"\nname = \"{name}\"")
            .WithFallback(own)
            .WithFallback(_settings.Config.GetConfig(DefaultDispatcherId)!);
    }

    private MessageDispatcherConfigurator Configure(string id)
    {
        var config = ConfigOf(id);
        var type = config.GetString("type");
        return type switch
        {
            null or "" => throw new ConfigurationException($"Dispatcher '{id}' has no type."),
            "Dispatcher" or "TaskDispatcher" => new ThreadPoolDispatcherConfigurator(config, Prerequisites),
            "ForkJoinDispatcher" => new DedicatedThreadsConfigurator(config, Prerequisites),
            "PinnedDispatcher" => new PinnedDispatcherConfigurator(config, Prerequisites),
            "SynchronizedDispatcher" => new SynchronizedDispatcherConfigurator(config, Prerequisites),
            _ => Load(type, id, config),
        };
    }

    private MessageDispatcherConfigurator Load(string type, string id, Config config)
    {
        var found = TypeName.Find(type) ?? throw new ConfigurationException($"Dispatcher '{id}': no type is named '{type}'.");
        return TypeName.Construct<MessageDispatcherConfigurator>(found, id + ".type", config, Prerequisites);
    }

    /// <summary>At the end of the system: threads of dispatchers end.</summary>
    internal void Shutdown()
    {
        foreach (var dispatcher in _made.Keys)
            dispatcher.Stop();
    }
}
