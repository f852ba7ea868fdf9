using ActorFed.Actors.Wire;

namespace ActorFed.Actors.Runs;

/// <summary>What the outside says to a run.</summary>
public static class RunProtocol
{
    /// <summary>Tell me the outcome when there is one: a <see cref="RunOutcome"/>, or a failure with <see cref="RunFailedException"/>.</summary>
    public sealed record AwaitOutcome : ILocalMessage;

    /// <summary>End after the round that runs now, with its state saved.</summary>
    public sealed record StopAfterRound : ILocalMessage;

    /// <summary>End now; the last commit stands.</summary>
    public sealed record Abort : ILocalMessage;
}
