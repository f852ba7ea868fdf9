using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Answers the messages of a test actor as they come, before the test looks at them. It sees ignored ones too.</summary>
public abstract class AutoPilot
{
    /// <summary>Result of <see cref="Run"/>: go on with this pilot.</summary>
    public static KeepRunning KeepRunning => KeepRunning.Instance;

    /// <summary>Result of <see cref="Run"/>: stop piloting.</summary>
    public static NoAutoPilot NoAutoPilot => NoAutoPilot.Instance;

    /// <summary>Handles one message and names the pilot of the next.</summary>
    public abstract AutoPilot Run(IActorRef sender, object message);
}

public sealed class KeepRunning : AutoPilot
{
    internal static readonly KeepRunning Instance = new();

    private KeepRunning() { }

    public override AutoPilot Run(IActorRef sender, object message) =>
        throw new InvalidOperationException(
            "KeepRunning is a result of AutoPilot.Run, not a pilot; give SetAutoPilot one of your own."
        );
}

public sealed class NoAutoPilot : AutoPilot
{
    internal static readonly NoAutoPilot Instance = new();

    private NoAutoPilot() { }

    public override AutoPilot Run(IActorRef sender, object message) => this;
}
