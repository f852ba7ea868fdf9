using ActorFed.Actors.Clients;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Store;

namespace ActorFed.Actors.Supervision;

/// <summary>What a client does about a fault in its training.</summary>
public abstract record TrainingVerdict
{
    private TrainingVerdict() { }

    /// <summary>Train again with half the micro-batch.</summary>
    public sealed record TrySmaller : TrainingVerdict;

    /// <summary>Give this round up, and say why; the client stays.</summary>
    public sealed record GiveUp(Refusal Why) : TrainingVerdict;

    /// <summary>Nothing: the work was cancelled because nobody waits for it.</summary>
    public sealed record Forget : TrainingVerdict;

    /// <summary>A bug of ours: say so, and stop.</summary>
    public sealed record Escalate : TrainingVerdict;
}

/// <summary>What a fault in a training means for its client. A total function: testable as a table.</summary>
public static class TrainingFaults
{
    /// <summary>The verdict on a fault; an aggregate of one is that one.</summary>
    public static TrainingVerdict Judge(Exception fault) =>
        fault switch
        {
            AggregateException { InnerExceptions: [var only] } => Judge(only),
            OutOfMemoryException => new TrainingVerdict.TrySmaller(), // half as many examples at a time need half the activations
            NumericalException => new TrainingVerdict.GiveUp(Refusal.NotFinite), // the update is poison, the client is not
            CorruptShardException => new TrainingVerdict.GiveUp(Refusal.CorruptShard), // it will not become readable: sits out
            DeviceLostException => new TrainingVerdict.GiveUp(Refusal.DeviceLost), // it was handed back, and nobody could take it
            PersonalStateLostException => new TrainingVerdict.GiveUp(Refusal.PersonalStateLost), // from another state it would be another client
            BlobMissingException or BlobCorruptException or InvalidDataException => new TrainingVerdict.GiveUp(
                Refusal.Unreadable
            ),
            IOException or UnauthorizedAccessException => new TrainingVerdict.GiveUp(Refusal.StorageFailed), // this node's disk, not a bug
            OperationCanceledException => new TrainingVerdict.Forget(),
            _ => new TrainingVerdict.Escalate(), // unknown means a bug of ours: never swallow it here
        };
}
