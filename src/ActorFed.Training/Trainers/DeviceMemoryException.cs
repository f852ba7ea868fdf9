namespace ActorFed.Training.Trainers;

/// <summary>The device, or the host, had no room for a tensor: a smaller micro-batch may fit. The message is libtorch's.</summary>
public sealed class DeviceMemoryException(string message, Exception cause) : OutOfMemoryException(message, cause);
