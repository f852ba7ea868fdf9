using System.Text;
using System.Text.RegularExpressions;
using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The actor system.</summary>
public sealed partial class ActorSystemImpl : ExtendedActorSystem
{
    private readonly ExtensionRegistry _extensions;
    private readonly TerminationCallbacks _callbacks = new();
    private readonly IActorRefProvider _provider;
    private Akka.Serialization.Serialization _serialization = null!;
    private IActorRef? _logDeadLetters;
    private int _terminating;

    internal ActorSystemImpl(string name, Config config, ActorSystemSetup setup)
    {
        if (string.IsNullOrEmpty(name) || !ValidName().IsMatch(name))
            throw new ArgumentException(
                $"Invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-' or '_')",
                nameof(name)
            );
        Name = name;
        Settings = new Settings(this, config, setup);
        SerializeAllMessages = Settings.SerializeAllMessages;
        EventStream = new EventStream(Settings.DebugEventStream);
        EventStream.StartStdoutLogger(Settings);
        Log = new BusLogging(EventStream, $"ActorSystem({name})", typeof(ActorSystem), Settings.LogFormatter);
        Scheduler = MakeScheduler();
        StartTime = Scheduler.MonotonicClock;
        _extensions = new ExtensionRegistry(this);
        _provider = MakeProvider();
        Mailboxes = new Mailboxes(Settings, _provider);
        Dispatchers = new Dispatchers(Settings, new DispatcherPrerequisites(EventStream, Scheduler, Settings, Mailboxes));
        WhenTerminated = _callbacks.Done;
    }

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9-_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex ValidName();

    public override string Name { get; }

    public override Settings Settings { get; }

    public override EventStream EventStream { get; }

    public override ILoggingAdapter Log { get; }

    public override IScheduler Scheduler { get; }

    public override Dispatchers Dispatchers { get; }

    public override Mailboxes Mailboxes { get; }

    public override Task WhenTerminated { get; }

    public override IActorRefProvider Provider => _provider;

    public override IInternalActorRef Guardian => _provider.Guardian;

    public override IInternalActorRef LookupRoot => _provider.RootGuardian;

    public override IInternalActorRef SystemGuardian => _provider.SystemGuardian;

    public override IActorRef DeadLetters => _provider.DeadLetters;

    public override IActorRef IgnoreRef => _provider.IgnoreRef;

    public override Akka.Serialization.Serialization Serialization => _serialization;

    internal bool SerializeAllMessages { get; }

    internal bool Aborting { get; private set; }

    private IScheduler MakeScheduler()
    {
        var type =
            TypeName.Find(Settings.SchedulerClass)
            ?? throw new ConfigurationException($"akka.scheduler.implementation: no type is named '{Settings.SchedulerClass}'.");
        var config = Settings.Config.GetConfig("akka.scheduler")!.WithFallback(Settings.Config);
        return TypeName.Construct<IScheduler>(type, "akka.scheduler.implementation", config, Log);
    }

    private IActorRefProvider MakeProvider()
    {
        var type =
            TypeName.Find(Settings.ProviderClass)
            ?? throw new ConfigurationException($"akka.actor.provider: no type is named '{Settings.ProviderClass}'.");
        return TypeName.Construct<IActorRefProvider>(type, "akka.actor.provider", Name, Settings, EventStream);
    }

    internal void Start()
    {
        try
        {
            _serialization = new Akka.Serialization.Serialization(this);
            _ = EndAsync();
            _provider.Init(this);
            StartListeners();
            CoordinatedShutdown.Get(this);
            LoadExtensions();
            if (Settings.LogConfigOnStart)
                Log.Info(Settings.ToString());
        }
        catch
        {
            Abort();
            throw;
        }
    }

    /// <summary>The provider calls it as soon as actors can be made: what it does after that is logged.</summary>
    internal void StartEventStream()
    {
        EventStream.StartUnsubscriber(this);
        EventStream.StartDefaultLoggers(this);
    }

    // Subscribed here and not by themselves: what happens right after the start is theirs too.
    private void StartListeners()
    {
        if (Settings.LogDeadLetters > 0)
        {
            _logDeadLetters = SystemActorOf<DeadLetterListener>("deadLetterListener");
            EventStream.Subscribe(_logDeadLetters, typeof(DeadLetter));
            EventStream.Subscribe(_logDeadLetters, typeof(UnhandledMessage));
        }
        if (Settings.DebugUnhandledMessage)
            EventStream.Subscribe(SystemActorOf<UnhandledMessageLogger>("unhandledMessageLogger"), typeof(UnhandledMessage));
    }

    private void LoadExtensions()
    {
        foreach (var name in Settings.Config.GetStringList("akka.extensions"))
        {
            var type = TypeName.Find(name) ?? throw new ConfigurationException($"akka.extensions: no type is named '{name}'.");
            if (TypeName.Construct(type, "akka.extensions") is not IExtensionId id)
                throw new ConfigurationException($"akka.extensions: {type} is no extension id.");
            RegisterExtension(id);
        }
    }

    public override IActorRef ActorOf(Props props, string? name = null) =>
        _provider.Guardian.Cell.AttachChild(props, false, name);

    public override IActorRef SystemActorOf(Props props, string? name = null) =>
        _provider.SystemGuardian.Cell.AttachChild(props, true, name);

    public override IActorRef SystemActorOf<TActor>(string? name = null) => SystemActorOf(Props.Create<TActor>(), name);

    public override ActorSelection ActorSelection(ActorPath actorPath) => ActorSelections.From(_provider, actorPath);

    public override ActorSelection ActorSelection(string actorPath) =>
        ActorSelections.From(_provider, _provider.RootGuardian, actorPath);

    public override void Stop(IActorRef actor)
    {
        var path = actor.Path;
        if (path.Parent == Guardian.Path)
            Guardian.Tell(new StopChild(actor));
        else if (path.Parent == SystemGuardian.Path)
            SystemGuardian.Tell(new StopChild(actor));
        else
            ((IInternalActorRef)actor).Stop();
    }

    public override Task Terminate()
    {
        if (Settings.Config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate"))
            CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        else
            FinalTerminate();
        return WhenTerminated;
    }

    /// <summary>Stops /user; the rest follows.</summary>
    internal Task FinalTerminate()
    {
        if (Interlocked.Exchange(ref _terminating, 1) == 0)
        {
            if (!Settings.LogDeadLettersDuringShutdown && _logDeadLetters is not null)
                Stop(_logDeadLetters);
            _provider.Guardian.Stop();
        }
        return WhenTerminated;
    }

    public override void Abort()
    {
        Aborting = true;
        if (_provider.Guardian is not null)
            FinalTerminate();
        else
            (Scheduler as IDisposable)?.Dispose();
    }

    internal void StopLoggers() => EventStream.StopDefaultLoggers(this);

    /// <summary>After the last actor: scheduler, threads, then the callbacks.</summary>
    private async Task EndAsync()
    {
        try
        {
            await _provider.TerminationTask.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.Error(e, "A guardian failed");
        }
        (Scheduler as IDisposable)?.Dispose();
        Dispatchers.Shutdown();
        _callbacks.Run(e => Log.Error(e, "Failed to run termination callback."));
    }

    public override void RegisterOnTermination(Action code) => _callbacks.Add(code);

    public override object RegisterExtension(IExtensionId extension) => _extensions.Register(extension);

    public override object GetExtension(IExtensionId extensionId) => _extensions.Register(extensionId);

    public override T GetExtension<T>() =>
        (T?)_extensions.Find(typeof(T)) ?? throw new ArgumentException($"The actor system {Name} has no extension {typeof(T)}.");

    public override bool HasExtension(Type type) =>
        typeof(IExtension).IsAssignableFrom(type) && _extensions.Find(type) is not null;

    public override bool HasExtension<T>() => _extensions.Find(typeof(T)) is not null;

    public override bool TryGetExtension(Type extensionType, out object extension)
    {
        extension = _extensions.Find(extensionType)!;
        return extension is not null;
    }

    public override bool TryGetExtension<T>(out T extension)
    {
        extension = (T)_extensions.Find(typeof(T))!;
        return extension is not null;
    }

    public override string PrintTree()
    {
        var text = new StringBuilder();
        Print(LookupRoot, 0, text);
        return text.ToString();
    }

    private static void Print(IInternalActorRef node, int depth, StringBuilder text)
    {
        text.Append(' ', 2 * depth).Append("-> ").Append(node.Path.Name.Length == 0 ? "/" : node.Path.Name).AppendLine();
        if (node is not LocalActorRef local)
            return;
        foreach (var child in local.Cell.Children?.Refs() ?? [])
            Print(child, depth + 1, text);
    }

    public override string ToString() => LookupRoot is null ? Name : LookupRoot.Path.Root.Address.ToString();
}

/// <summary>Writes each unhandled message to the log; there if akka.actor.debug.unhandled is on.</summary>
internal sealed class UnhandledMessageLogger : ReceiveActor
{
    public UnhandledMessageLogger() =>
        Receive<UnhandledMessage>(m =>
            Context.System.EventStream.Publish(
                new Debug(m.Recipient.Path.ToString(), m.Recipient.GetType(), $"Unhandled message from {m.Sender} : {m.Message}")
            )
        );
}
