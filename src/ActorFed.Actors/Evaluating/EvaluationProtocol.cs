using ActorFed.Actors.Wire;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Evaluating;

/// <summary>All that is said about held-out evaluation.</summary>
public static class EvaluationProtocol
{
    /// <summary>Judge this model. Answered with <see cref="Evaluated"/>.</summary>
    public sealed record Evaluate(RoundId Round, TensorSet Global, CorpusPart Part) : ILocalMessage;

    /// <summary>How it did.</summary>
    public sealed record Evaluated(RoundId Round, CorpusPart Part, Evaluation Result) : ILocalMessage;
}
