using Akka.Actor;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Akka.Event;

/// <summary>Marks the queue of loggers.</summary>
public interface ILoggerMessageQueueSemantics : ISemantics;

internal sealed class LoggerMailboxType(Settings settings, Configuration.Config config)
    : MailboxType(settings, config),
        IProducesMessageQueue<LoggerQueue>
{
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new LoggerQueue();
}

/// <summary>What a logger has not written when it stops is not a dead letter: there would be nobody to log it.</summary>
internal sealed class LoggerQueue : UnboundedMessageQueue, ILoggerMessageQueueSemantics
{
    public override void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out _)) { }
    }
}

/// <summary>Writes to standard output.</summary>
public class DefaultLogger : ActorBase, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                return true;
            case LogEvent logEvent:
                Print(logEvent);
                return true;
            default:
                return false;
        }
    }

    protected virtual void Print(LogEvent logEvent) => StandardOutLogger.PrintLogEvent(logEvent);
}

/// <summary>Writes to standard output before there are actors and after they are gone.</summary>
internal sealed class StandardOutLogger(ILogMessageFormatter formatter) : MinimalActorRef
{
    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "all-systems"), "StandardOutLogger");

    public override IActorRefProvider Provider => throw new NotSupportedException("The standard-output logger has no provider.");

    internal ILogMessageFormatter Formatter => formatter;

    internal override void TellInternal(object message, IActorRef? sender)
    {
        if (message is LogEvent logEvent)
            PrintLogEvent(logEvent);
        else
            Console.WriteLine(message);
    }

    public static void PrintLogEvent(LogEvent logEvent)
    {
        try
        {
            Console.WriteLine(logEvent.ToString());
        }
        catch (FormatException e)
        {
            Console.WriteLine(
                $"[{Logging.StringFor(logEvent.LogLevel())}][{logEvent.LogSource}] a message that cannot be formatted: {e.Message}"
            );
        }
    }
}
