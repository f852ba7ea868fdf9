namespace ActorFed.Training.Methods;

/// <summary>What can be laid around a method; a method refuses what its paper's equations do not bear.</summary>
public enum MethodOption
{
    /// <summary>A server optimiser other than FedAvg with rate 1: the global tensors move by a step of their own.</summary>
    ServerOptimiser = 1,

    /// <summary>FedProx: a term that holds the trained tensors near those received.</summary>
    Proximal = 2,

    /// <summary>SCAFFOLD: control variates of the trained tensors.</summary>
    ControlVariates = 3,

    /// <summary>A robust rule that works on each coordinate of what clients sent (median, trimmed mean, norm clipping).</summary>
    RobustCoordinates = 4,

    /// <summary>A robust rule that picks clients by the distances between the tensors they sent (Krum, Multi-Krum).</summary>
    RobustSelection = 5,

    /// <summary>The same by the distances between the products B A.</summary>
    RobustProducts = 6,

    /// <summary>Updates sent as changes of the tensors received, in fewer bits (upload.encoding).</summary>
    EncodedUpload = 7,

    /// <summary>The global model sent in fewer bits while the server's own stays whole (download.encoding).</summary>
    EncodedDownload = 8,
}
