using System.Runtime.Serialization;
using Akka.Actor;

namespace Akka.Cluster;

/// <summary>This node has not become a member.</summary>
public class ClusterJoinFailedException : AkkaException
{
    public ClusterJoinFailedException(string message)
        : base(message) { }

#pragma warning disable SYSLIB0051 // The surface has this constructor; formatter-based serialization itself is not used.
    protected ClusterJoinFailedException(SerializationInfo info, StreamingContext context)
        : base(info, context) { }
#pragma warning restore SYSLIB0051
}
