using Akka.Actor;
using Akka.Remote.Wire;
using Google.Protobuf;

namespace Akka.Remote.Transport;

/// <summary>One frame on its way out. Messages keep what a dead letter needs until they are on the wire.</summary>
internal sealed class Outgoing
{
    /// <summary>The flow of frames that belong to no actor.</summary>
    public const string Link = "";

    /// <summary>The flow of system messages: their numbers must not be mixed up.</summary>
    public const string System = "system";

    /// <summary>A message to an actor.</summary>
    public Outgoing(RemoteActorRef recipient, object message, IActorRef? sender, Parcel head, byte[] payload)
    {
        (Recipient, Message, Sender, Head, Payload) = (recipient, message, sender, head, payload);
        Flow = head.Sequence > 0 ? System : head.Recipient;
        Size = FrameWriter.ParcelSize(head, payload.Length);
    }

    /// <summary>A frame of the protocol itself.</summary>
    public Outgoing(FrameKind kind, IMessage frame)
    {
        (Kind, Frame, Flow) = (kind, frame, Link);
        Size = 1 + frame.CalculateSize();
    }

    public FrameKind Kind { get; } = FrameKind.Parcel;

    public IMessage? Frame { get; }

    public RemoteActorRef? Recipient { get; }

    public object? Message { get; }

    public IActorRef? Sender { get; }

    public Parcel? Head { get; }

    public byte[] Payload { get; } = [];

    /// <summary>Frames of one flow stay in order; flows take turns.</summary>
    public string Flow { get; }

    /// <summary>Bytes of the frame after its length.</summary>
    public int Size { get; }

    public bool IsSystem => Head is { Sequence: > 0 };

    internal Outgoing? Next { get; set; }

    /// <summary>The same frame once more: each one is in one queue at a time.</summary>
    public Outgoing Again() => new(Recipient!, Message!, Sender, Head!, Payload);
}
