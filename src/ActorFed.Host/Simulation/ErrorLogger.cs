using Akka.Event;

namespace ActorFed.Host.Simulation;

/// <summary>The actor system's log on stderr: stdout belongs to the result. Named in hocon/simulate.conf.</summary>
public sealed class ErrorLogger : DefaultLogger
{
    /// <inheritdoc />
    protected override void Print(LogEvent logEvent) => Console.Error.WriteLine(logEvent);
}
