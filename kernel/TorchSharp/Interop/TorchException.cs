using System.Runtime.InteropServices;

namespace ActorFed.Kernel.Torch;

/// <summary>libtorch refused a call. The message names the operation and the type and shape of each tensor given to it.</summary>
public class TorchException(string message) : ExternalException(message);

/// <summary>The device, or the host, had no room for a result.</summary>
public sealed class TorchOutOfMemoryException(string message) : TorchException(message);
