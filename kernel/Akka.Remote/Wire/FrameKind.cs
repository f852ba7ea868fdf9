namespace Akka.Remote.Wire;

/// <summary>The byte after the length of a frame.</summary>
internal enum FrameKind : byte
{
    Hello = 1,
    HelloReply = 2,
    Parcel = 3,
    Ack = 4,
    Heartbeat = 5,
    Goodbye = 6,
}
