using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Internal;
using Akka.TestKit.Xunit2.Internals;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>The base of test classes: an actor system and a test actor for each test, ended after it.</summary>
public class TestKit : TestKitBase, IDisposable
{
    private static readonly XunitAssertions s_assertions = new();

    private readonly bool _ownsSystem;
    private bool _disposed;

    /// <param name="system">The system to test in, which the test ends itself; null makes one with the default settings.</param>
    /// <param name="output">Where log events go, besides the test listener.</param>
    public TestKit(ActorSystem? system = null, ITestOutputHelper? output = null)
        : base(s_assertions, system)
    {
        (Output, _ownsSystem) = (output, system is null);
        InitializeLogger(Sys);
    }

    public TestKit(ActorSystemSetup config, string? actorSystemName = null, ITestOutputHelper? output = null)
        : base(s_assertions, config, actorSystemName)
    {
        (Output, _ownsSystem) = (output, true);
        InitializeLogger(Sys);
    }

    public TestKit(Config config, string? actorSystemName = null, ITestOutputHelper? output = null)
        : base(s_assertions, config, actorSystemName)
    {
        (Output, _ownsSystem) = (output, true);
        InitializeLogger(Sys);
    }

    /// <param name="config">The settings as HOCON.</param>
    public TestKit(string config, ITestOutputHelper? output = null)
        : base(s_assertions, ConfigurationFactory.ParseString(config))
    {
        (Output, _ownsSystem) = (output, true);
        InitializeLogger(Sys);
    }

    public static new Config DefaultConfig => TestKitBase.DefaultConfig;

    public static new Config FullDebugConfig => TestKitBase.FullDebugConfig;

    protected static XunitAssertions Assertions => s_assertions;

    protected readonly ITestOutputHelper? Output;

    /// <summary>Sends the log events of a system to the output of the test.</summary>
    protected void InitializeLogger(ActorSystem system) => InitializeLogger(system, prefix: null);

    /// <param name="prefix">Stands before each line, to tell systems apart.</param>
    protected void InitializeLogger(ActorSystem system, string? prefix)
    {
        if (Output is null)
            return;
        var output = prefix is null ? Output : new PrefixedOutput(Output, prefix);
        // On the calling thread: it listens when this returns, and each line is written where it was logged.
        TestSystem.EnsureDispatchers(system);
        var logger = ((ExtendedActorSystem)system).SystemActorOf(
            Props.CreateBy(new TestOutputLoggerProducer(output)).WithDispatcher(CallingThreadDispatcher.Id),
            $"log-test-{Guid.NewGuid():N}"
        );
        logger.Tell(new InitializeLogger(system.EventStream), ActorRefs.NoSender);
    }

    /// <summary>Runs when the test is over: ends the actor system.</summary>
    protected virtual void AfterAll()
    {
        if (_ownsSystem)
            Shutdown();
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_disposed || !disposing)
            return;
        _disposed = true;
        AfterAll();
        LeaveThread();
    }
}
