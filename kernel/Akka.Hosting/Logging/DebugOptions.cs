using System.Text;

namespace Akka.Hosting;

/// <summary>What the actor system says about itself at the level debug; null leaves a setting as it is.</summary>
public class DebugOptions
{
    /// <summary>Messages that a ReceiveActor handles.</summary>
    public bool? Receive { get; set; }

    /// <summary>Messages that every actor handles by itself, such as PoisonPill.</summary>
    public bool? AutoReceive { get; set; }

    /// <summary>Starts, restarts and ends.</summary>
    public bool? LifeCycle { get; set; }

    public bool? FiniteStateMachine { get; set; }

    /// <summary>Subscriptions of the event stream.</summary>
    public bool? EventStream { get; set; }

    /// <summary>Messages that an actor did not handle.</summary>
    public bool? Unhandled { get; set; }

    public bool? RouterMisconfiguration { get; set; }

    internal void WriteTo(StringBuilder hocon)
    {
        Write("receive", Receive);
        Write("autoreceive", AutoReceive);
        Write("lifecycle", LifeCycle);
        Write("fsm", FiniteStateMachine);
        Write("event-stream", EventStream);
        Write("unhandled", Unhandled);
        Write("router-misconfiguration", RouterMisconfiguration);

        void Write(string key, bool? value)
        {
            if (value is { } given)
                hocon.AppendLine($"akka.actor.debug.{key} = {given.ToHocon()}");
        }
    }
}
