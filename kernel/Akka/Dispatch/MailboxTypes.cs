using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.MessageQueues;

namespace Akka.Dispatch;

/// <summary>Makes the message queues of mailboxes; loaded by the class name in a mailbox's configuration.</summary>
public abstract class MailboxType
{
    protected readonly Settings Settings;
    protected readonly Config Config;

    protected MailboxType(Settings settings, Config config)
    {
        Settings = settings;
        Config = config;
    }

    public abstract IMessageQueue Create(IActorRef owner, ActorSystem system);
}

public sealed class UnboundedMailbox : MailboxType, IProducesMessageQueue<UnboundedMessageQueue>
{
    public UnboundedMailbox()
        : this(null!, null!) { }

    public UnboundedMailbox(Settings settings, Config config)
        : base(settings, config) { }

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new UnboundedMessageQueue();
}

public sealed class BoundedMailbox : MailboxType, IProducesMessageQueue<BoundedMessageQueue>, IProducesPushTimeoutSemanticsMailbox
{
    public BoundedMailbox(Settings settings, Config config)
        : base(settings, config) => (Capacity, PushTimeout) = BoundedMailboxSettings.Read(config);

    public int Capacity { get; }

    public TimeSpan PushTimeout { get; }

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new BoundedMessageQueue(Capacity, PushTimeout);
}

internal sealed class UnboundedDequeBasedMailbox(Settings settings, Config config)
    : MailboxType(settings, config),
        IProducesMessageQueue<UnboundedDequeMessageQueue>
{
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new UnboundedDequeMessageQueue();
}

internal sealed class BoundedDequeBasedMailbox
    : MailboxType,
        IProducesMessageQueue<BoundedDequeMessageQueue>,
        IProducesPushTimeoutSemanticsMailbox
{
    private readonly int _capacity;

    public BoundedDequeBasedMailbox(Settings settings, Config config)
        : base(settings, config) => (_capacity, PushTimeout) = BoundedMailboxSettings.Read(config);

    public TimeSpan PushTimeout { get; }

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) =>
        new BoundedDequeMessageQueue(_capacity, PushTimeout);
}

internal static class BoundedMailboxSettings
{
    /// <summary>Both keys of a bounded mailbox, or an error that names the one that is wrong.</summary>
    public static (int Capacity, TimeSpan PushTimeout) Read(Config config)
    {
        var capacity = config.GetInt("mailbox-capacity");
        if (capacity < 0)
            throw new ConfigurationException($"mailbox-capacity is {capacity}; a bounded mailbox needs 0 or more.");
        var pushTimeout = config.GetTimeSpan("mailbox-push-timeout-time", TimeSpan.FromSeconds(-1));
        if (pushTimeout < TimeSpan.Zero && pushTimeout != Timeout.InfiniteTimeSpan)
            throw new ConfigurationException("mailbox-push-timeout-time is missing or negative; a bounded mailbox needs it.");
        return (capacity, pushTimeout);
    }
}
