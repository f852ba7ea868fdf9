using System.Runtime.Serialization;
using Akka.Actor;

namespace Akka.Remote;

/// <summary>Remoting could not do what it should; the message names address, thing and rule.</summary>
public class RemoteTransportException : AkkaException
{
    public RemoteTransportException(string message, Exception? cause = null)
        : base(message, cause) { }

#pragma warning disable SYSLIB0051 // The surface has this constructor; formatter-based serialization itself is not used.
    protected RemoteTransportException(SerializationInfo info, StreamingContext context)
        : base(info, context) { }
#pragma warning restore SYSLIB0051
}
