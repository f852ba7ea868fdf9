namespace ActorFed.Training.Models;

/// <summary>One layer norm of a base model: y = normalised(x) ⊙ w + b. Full fine-tuning moves it; adapters of maps leave it alone.</summary>
/// <param name="Name">Its path, e.g. layers.0.attention.norm.</param>
/// <param name="Width">Width of its input.</param>
/// <param name="Epsilon">Added to the variance.</param>
public sealed record NormLayer(string Name, int Width, double Epsilon);
