using ActorFed.Actors.Runs;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Clients;

/// <summary>The personal state that a client has to go on from is not on its node.</summary>
public sealed class PersonalStateLostException(PersonalKey key)
    : Exception($"The personal state of {key.Client} from {key.Round}, attempt {key.Attempt}, is not on this node.")
{
    /// <summary>Which state.</summary>
    public PersonalKey Key => key;
}

/// <summary>A training failed in a way that nobody foresaw: a bug of ours. It was reported to the run.</summary>
public sealed class TrainingBugException(RoundKey key, ClientId client, Exception cause)
    : Exception($"Training of {client} in {key} failed: {cause?.Message}", cause)
{
    /// <summary>Which attempt.</summary>
    public RoundKey Key => key;

    /// <summary>Whose training.</summary>
    public ClientId Client => client;
}
