namespace Akka.Remote.Wire;

/// <summary>Bytes that break the protocol: the connection they came on is closed.</summary>
internal sealed class FrameException(string message) : IOException(message);
