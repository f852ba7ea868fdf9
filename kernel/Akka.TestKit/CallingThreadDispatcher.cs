using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.TestKit;

/// <summary>Gives the one dispatcher that has no threads.</summary>
public class CallingThreadDispatcherConfigurator : MessageDispatcherConfigurator
{
    public CallingThreadDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) { }

    public override MessageDispatcher Dispatcher() => new CallingThreadDispatcher(this);
}

/// <summary>Runs an actor on the thread that sends to it: when Tell returns, the message has been handled.</summary>
/// <remarks>A message that comes while the actor runs already (from itself, say) is handled by that run, after the present one.</remarks>
public class CallingThreadDispatcher : MessageDispatcher
{
    public static new string Id = "akka.test.calling-thread-dispatcher";

    public CallingThreadDispatcher(MessageDispatcherConfigurator configurator)
        : base(configurator) { }

    protected override void ExecuteTask(IRunnable run) => run.Run();

    protected override void Shutdown() { }
}
