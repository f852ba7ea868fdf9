using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.MessageQueues;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>Finds the mailbox type of an actor: named by its Props, asked for by its class, or the dispatcher's.</summary>
public class Mailboxes
{
    public static readonly string DefaultMailboxId = "akka.actor.default-mailbox";
    public static readonly string NoMailboxRequirement = "";

    private readonly ConcurrentDictionary<string, MailboxType> _types = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, Type?> _required = new();
    private readonly Dictionary<Type, string> _byQueue = [];
    private readonly Settings _settings;
    private readonly MailboxType _default;

    public Mailboxes(ActorSystem system)
        : this(system.Settings, ((ExtendedActorSystem)system).Provider) { }

    internal Mailboxes(Settings settings, IActorRefProvider provider)
    {
        _settings = settings;
        DeadLetterMailbox = new DeadLetterMailbox((IInternalActorRef)provider.DeadLetters);
        foreach (var (name, value) in settings.Config.GetConfig("akka.actor.mailbox.requirements")!.AsEnumerable())
        {
            var queue = TypeName.Find(name) ?? throw Bad("akka.actor.mailbox.requirements", $"no type is named '{name}'");
            _byQueue[queue] = value.GetString()!;
        }
        _default = Lookup(DefaultMailboxId);
    }

    public DeadLetterMailbox DeadLetterMailbox { get; }

    public bool HasRequiredType(Type actorType) => GetRequiredType(actorType) is not null;

    /// <summary>The queue that an actor class asks for by <see cref="IRequiresMessageQueue{T}"/>, or null.</summary>
    public Type? GetRequiredType(Type actorType) =>
        _required.GetOrAdd(
            actorType,
            static type =>
                Array
                    .Find(
                        type.GetInterfaces(),
                        i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequiresMessageQueue<>)
                    )
                    ?.GenericTypeArguments[0]
        );

    public bool ProducesMessageQueue(Type mailboxType) => ProducedQueue(mailboxType) is not null;

    private static Type? ProducedQueue(Type mailboxType) =>
        Array
            .Find(
                mailboxType.GetInterfaces(),
                i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IProducesMessageQueue<>)
            )
            ?.GenericTypeArguments[0];

    public MailboxType LookupByQueueType(Type queueType) =>
        _byQueue.TryGetValue(queueType, out var id)
            ? Lookup(id)
            : throw Bad("akka.actor.mailbox.requirements", $"no mailbox is mapped to {queueType}");

    /// <summary>The mailbox type configured at a path.</summary>
    public MailboxType Lookup(string id) => _types.GetOrAdd(id, Load);

    private MailboxType Load(string id)
    {
        if (string.Equals(id, "unbounded", StringComparison.Ordinal))
            return new UnboundedMailbox();
        if (!_settings.Config.HasPath(id))
            throw Bad(id, "no mailbox is configured there");
        var config = _settings.Config.GetConfig(id)!.WithFallback(_settings.Config.GetConfig(DefaultMailboxId));
        var name = config.GetString("mailbox-type");
        if (string.IsNullOrEmpty(name))
            throw Bad(id + ".mailbox-type", "it is empty");
        var type = TypeName.Find(name) ?? throw Bad(id + ".mailbox-type", $"no type is named '{name}'");
        return TypeName.Construct<MailboxType>(type, id + ".mailbox-type", _settings, config);
    }

    /// <summary>Props and deployment first, then the actor's own requirement, then the dispatcher's setting, then the default.</summary>
    public MailboxType GetMailboxType(Props props, Config? dispatcherConfig)
    {
        var required = GetRequiredType(props.Type);
        var id = props.Mailbox is { Length: > 0 } named ? named : null;
        if (id is null && required is null && dispatcherConfig is null)
            return _default;
        if (id is null && dispatcherConfig is not null)
            id = OfDispatcher(dispatcherConfig, required);
        var mailbox =
            id is not null ? Lookup(id)
            : required is not null ? LookupByQueueType(required)
            : _default;
        if (required is not null)
            Verify(props, mailbox, required);
        return mailbox;
    }

    private string? OfDispatcher(Config dispatcher, Type? required)
    {
        if (dispatcher.HasPath("mailbox-type"))
            return dispatcher.GetString("id", null!);
        var wanted = dispatcher.GetString("mailbox-requirement", NoMailboxRequirement);
        if (string.IsNullOrEmpty(wanted) || required is not null)
            return null;
        var queue = TypeName.Find(wanted) ?? throw Bad("mailbox-requirement", $"no type is named '{wanted}'");
        return _byQueue.TryGetValue(queue, out var id)
            ? id
            : throw Bad("mailbox-requirement", $"no mailbox is mapped to {wanted}");
    }

    private static void Verify(Props props, MailboxType mailbox, Type required)
    {
        if (ProducedQueue(mailbox.GetType()) is { } queue && !required.IsAssignableFrom(queue))
            throw new ArgumentException(
                $"produced message queue type [{queue}] does not fulfill requirement for actor class [{props.Type}]: {required}"
            );
    }

    /// <summary>How many messages an actor on this dispatcher and mailbox may stash; -1 is no bound.</summary>
    public int StashCapacity(string dispatcher, string mailbox)
    {
        foreach (var id in (string?[])[mailbox, dispatcher, DefaultMailboxId])
        {
            if (!string.IsNullOrEmpty(id) && _settings.Config.HasPath(id + ".stash-capacity"))
                return _settings.Config.GetInt(id + ".stash-capacity");
        }
        return -1;
    }

    private static ConfigurationException Bad(string where, string why) => new($"Mailbox setting '{where}': {why}.");
}
