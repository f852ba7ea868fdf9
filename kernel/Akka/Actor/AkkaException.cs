using System.Runtime.Serialization;

namespace Akka.Actor;

/// <summary>The base of the exceptions that the actor system itself raises.</summary>
public abstract class AkkaException : Exception
{
    protected AkkaException() { }

    protected AkkaException(string? message, Exception? cause = null)
        : base(message, cause) { }

#pragma warning disable SYSLIB0051 // The surface has this constructor; formatter-based serialization itself is not used.
    protected AkkaException(SerializationInfo info, StreamingContext context)
        : base(info, context) { }
#pragma warning restore SYSLIB0051

    protected Exception? Cause => InnerException;
}
