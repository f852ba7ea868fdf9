using ActorFed.Actors.Clients;
using ActorFed.Actors.Devices;
using Akka.Actor;

namespace ActorFed.Actors.Supervision;

/// <summary>What a fault in a child of a node means. A total function: testable as a table.</summary>
public static class NodeSupervision
{
    /// <summary>Restarts of one device within <see cref="Window"/> before it is given up.</summary>
    public const int Restarts = 3;

    /// <summary>The window of <see cref="Restarts"/>.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Restart, stop, or escalate.</summary>
    public static Directive Decide(Exception fault) =>
        fault switch
        {
            DeviceLostException => Directive.Restart, // a driver may come back; its work was handed back to the queue
            TrainingBugException => Directive.Stop, // the run was told and fails with it
            ActorInitializationException or ActorKilledException => Directive.Stop,
            _ => Directive.Escalate, // unknown means a bug of ours: never swallow it here
        };
}
