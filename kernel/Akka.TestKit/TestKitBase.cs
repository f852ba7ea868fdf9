using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>An actor system with a test actor in it, whose messages a test expects one by one.</summary>
/// <remarks>
/// Waits are measured by the scheduler's clock where that is virtual, else by the wall clock. Durations that a test names are dilated by
/// akka.test.timefactor. One test thread uses a kit at a time.
/// </remarks>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static long s_testActors;

    private readonly ITestKitAssertions _assertions;
    private readonly TestActorQueue _queue = new();
    private TestClock _clock = null!;
    private IInternalActorRef _testActor = null!;
    private SynchronizationContext? _contextBefore;
    private TimeSpan? _end; // on _clock: when the innermost Within is over
    private Silence? _silence; // the last wait, when nothing came in it
    private MessageEnvelope _last = NullMessageEnvelope.Instance;

    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system = null, string? testActorName = null)
        : this(assertions, system, ActorSystemSetup.Empty, null, testActorName) { }

    protected TestKitBase(
        ITestKitAssertions assertions,
        ActorSystemSetup setup,
        string? actorSystemName = null,
        string? testActorName = null
    )
        : this(assertions, null, setup, actorSystemName, testActorName) { }

    protected TestKitBase(
        ITestKitAssertions assertions,
        Config config,
        string? actorSystemName = null,
        string? testActorName = null
    )
        : this(assertions, null, Setup(config), actorSystemName, testActorName) { }

    /// <param name="system">The system to test in; null makes one from <paramref name="config"/>.</param>
    protected TestKitBase(
        ITestKitAssertions assertions,
        ActorSystem? system,
        ActorSystemSetup? config,
        string? actorSystemName,
        string? testActorName
    )
    {
        ArgumentNullException.ThrowIfNull(assertions);
        _assertions = assertions;
        InitializeTest(system, config ?? ActorSystemSetup.Empty, actorSystemName, testActorName);
    }

    /// <summary>The settings of a test system, beneath its own and above those of the actor system.</summary>
    public static Config DefaultConfig { get; } =
        ConfigurationFactory.FromResource("Akka.TestKit.Configs.test.conf", typeof(TestKitBase));

    /// <summary>Logs all that the actor system can say about itself.</summary>
    public static Config FullDebugConfig { get; } =
        ConfigurationFactory.FromResource("Akka.TestKit.Configs.full-debug.conf", typeof(TestKitBase));

    public ActorSystem Sys { get; private set; } = null!;

    public TestKitSettings TestKitSettings { get; private set; } = null!;

    /// <summary>Receives what the test expects. It is the sender of what the test tells.</summary>
    public IActorRef TestActor => _testActor;

    public ILoggingAdapter Log { get; private set; } = null!;

    /// <summary>Expects, or mutes, log events of the actor system.</summary>
    public EventFilterFactory EventFilter { get; private set; } = null!;

    /// <summary>Whether messages wait to be looked at.</summary>
    public bool HasMessages => _queue.HasMessages;

    /// <summary>The last message that was received or expected; null before the first.</summary>
    public object? LastMessage => _last.Message;

    /// <summary>Who sent <see cref="LastMessage"/>.</summary>
    public IActorRef LastSender => _last.Sender;

    internal ITestKitAssertions TestAssertions => _assertions;

    internal TestClock Clock => _clock;

    protected void InitializeTest(ActorSystem? system, Config config, string? actorSystemName, string? testActorName) =>
        InitializeTest(system, Setup(config), actorSystemName, testActorName);

    protected virtual void InitializeTest(
        ActorSystem? system,
        ActorSystemSetup config,
        string? actorSystemName,
        string? testActorName
    )
    {
        Sys = system ?? ActorSystem.Create(actorSystemName ?? "test", TestSystem.WithDefaults(config));
        TestSystem.EnsureDispatchers(Sys);
        TestKitSettings = TestKitSettingsExtension.Instance.Apply(Sys);
        _clock = TestClock.Of(Sys);
        Log = Logging.GetLogger(Sys, GetType());
        EventFilter = new EventFilterFactory(this);
        _testActor = (IInternalActorRef)CreateTestActor(testActorName ?? $"testActor{Interlocked.Increment(ref s_testActors)}");
        if (this is not INoImplicitSender)
            BecomeImplicitSender();
    }

    private static ActorSystemSetup Setup(Config config) =>
        ActorSystemSetup.Empty.And(BootstrapSetup.Create().WithConfig(config ?? Config.Empty));

    private void BecomeImplicitSender()
    {
        var cell = ((LocalActorRef)_testActor).Cell;
        ActorCell.Enter(cell);
        _contextBefore = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new ActorCellKeepingSynchronizationContext(cell));
    }

    /// <summary>Leaves the thread as it would be without the kit: threads are used again for other tests.</summary>
    internal void LeaveThread()
    {
        if (SynchronizationContext.Current is ActorCellKeepingSynchronizationContext)
            SynchronizationContext.SetSynchronizationContext(_contextBefore);
        ActorCell.Restore(null);
    }

    /// <summary>Another test actor on the queue of this kit.</summary>
    public IActorRef CreateTestActor(string name)
    {
        var props = Props.CreateBy(new TestActorProducer(_queue)).WithDispatcher(TestSystem.TestActorDispatcher);
        return ((ExtendedActorSystem)Sys).SystemActorOf(props, name);
    }

    public virtual TestProbe CreateTestProbe(string? name = null) => CreateTestProbe(Sys, name);

    public virtual TestProbe CreateTestProbe(ActorSystem system, string? name = null) => new(system, _assertions, name);

    public virtual TestLatch CreateTestLatch(int count = 1) => TestLatch.Create(Dilated, TestKitSettings.DefaultTimeout, count);

    public TestBarrier CreateTestBarrier(int count) => new(Dilated, TestKitSettings.DefaultTimeout, count);

    /// <summary>Event filters for another actor system.</summary>
    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    /// <summary>Messages for which <paramref name="shouldIgnoreMessage"/> is true are dropped as they come. It replaces the one before.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) =>
        TestActor.Tell(new TestActorCommand.Ignore(shouldIgnoreMessage), ActorRefs.NoSender);

    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) =>
        IgnoreMessages(message => message is TMsg typed && shouldIgnoreMessage(typed));

    /// <summary>Drops every message of the type.</summary>
    public void IgnoreMessages<TMsg>() => IgnoreMessages(message => message is TMsg);

    public void IgnoreNoMessages() => TestActor.Tell(new TestActorCommand.Ignore(null), ActorRefs.NoSender);

    /// <summary>Has <paramref name="pilot"/> answer messages as they come.</summary>
    public void SetAutoPilot(AutoPilot pilot) => TestActor.Tell(new TestActorCommand.Pilot(pilot), ActorRefs.NoSender);

    /// <summary>Has the test actor watch an actor: its end becomes a <see cref="Terminated"/> message.</summary>
    public IActorRef Watch(IActorRef actorToWatch) => WatchAsync(actorToWatch).GetAwaiter().GetResult();

    public Task<IActorRef> WatchAsync(IActorRef actorToWatch) =>
        Command(actorToWatch, done => new TestActorCommand.WatchActor(actorToWatch, done));

    public IActorRef Unwatch(IActorRef actorToUnwatch) => UnwatchAsync(actorToUnwatch).GetAwaiter().GetResult();

    public Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch) =>
        Command(actorToUnwatch, done => new TestActorCommand.UnwatchActor(actorToUnwatch, done));

    private async Task<IActorRef> Command(IActorRef actor, Func<TaskCompletionSource, TestActorCommand> command)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        TestActor.Tell(command(done), ActorRefs.NoSender);
        await done.Task.WaitAsync(TestKitSettings.DefaultTimeout).ConfigureAwait(false);
        return actor;
    }

    /// <summary>Ends the actor system of the kit.</summary>
    /// <param name="duration">How long to wait, dilated; 5 s unless given.</param>
    /// <param name="verifySystemShutdown">Whether it is an error when the system has not ended by then; else it is logged.</param>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) =>
        Shutdown(Sys, duration, verifySystemShutdown);

    /// <exception cref="TimeoutException">The system did not end in time and <paramref name="verifySystemShutdown"/> is set.</exception>
    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        var wait = Dilated(duration ?? TestKitSettings.DefaultTimeout);
        if (TestSystem.EndsWithin(system, wait))
            return;
        var problem = $"The actor system '{system.Name}' did not end within {wait}.";
        if (verifySystemShutdown)
            throw new TimeoutException(problem);
        system.Log.Warning(problem);
    }

    /// <summary>Reports a failed expectation. For <c>throw Failed(...)</c>: assertions that return are an error of their own.</summary>
    private InvalidOperationException Failed(string problem)
    {
        _assertions.Fail("{0}", problem);
        return new InvalidOperationException("The test assertions returned from a failure: " + problem);
    }

    private static string Hint(string? hint) => string.IsNullOrEmpty(hint) ? "" : $" ({hint})";
}
