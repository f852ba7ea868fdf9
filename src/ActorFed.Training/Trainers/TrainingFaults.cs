using ActorFed.Training.Federation;

namespace ActorFed.Training.Trainers;

/// <summary>Loss or gradient is NaN or infinite: what was trained is lost, the client's data are not.</summary>
public sealed class NotFiniteException(ClientId client, RoundId round, int step, string what)
    : Exception($"{client} in {round}, step {step}: {what} is not finite.")
{
    /// <summary>Who trained.</summary>
    public ClientId Client => client;

    /// <summary>In which round.</summary>
    public RoundId Round => round;

    /// <summary>The optimiser step, from 0.</summary>
    public int Step => step;

    /// <summary>loss, gradient of ...</summary>
    public string What => what;
}

/// <summary>A client's shard cannot be trained on: it has no documents, or one that is not there.</summary>
public sealed class ShardException(ClientId client, string what) : Exception($"The shard of {client} {what}.")
{
    /// <summary>Whose shard.</summary>
    public ClientId Client => client;
}
