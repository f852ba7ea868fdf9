namespace ActorFed.Training.Models;

/// <summary>One linear map of a base model that an adapter may change: y = W x + b.</summary>
/// <param name="Name">Its path, e.g. layers.0.attention.q; a part of a fused weight has a name of its own.</param>
/// <param name="In">Width of its input.</param>
/// <param name="Out">Width of its output.</param>
public sealed record LinearMap(string Name, int In, int Out);
