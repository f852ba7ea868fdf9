namespace ActorFed.Training.Partitioning;

/// <summary>The documents cannot be shared out as asked; the message says what was asked, what was found and what helps.</summary>
public sealed class PartitionException(string message) : Exception(message);
