namespace ActorFed.Actors.Wire;

/// <summary>Bytes that are no message of ours, or a message with values that it cannot have.</summary>
public sealed class WireFormatException(string manifest, string what, Exception? cause = null)
    : Exception($"Message '{manifest}' cannot be read: {what}", cause)
{
    /// <summary>The manifest that came with the bytes.</summary>
    public string Manifest => manifest;
}
