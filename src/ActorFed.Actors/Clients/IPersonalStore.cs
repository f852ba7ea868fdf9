using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Clients;

/// <summary>Which training a personal state came from.</summary>
/// <param name="Client">Whose state.</param>
/// <param name="Round">The round that it trained in.</param>
/// <param name="Attempt">The round's attempt.</param>
public readonly record struct PersonalKey(ClientId Client, RoundId Round, int Attempt);

/// <summary>What clients keep for themselves between rounds. It stays on the client's node; the implementation is the host's.</summary>
/// <remarks>
/// The server says with each assignment which of a client's trainings it counted last, and the client goes on from exactly that state.
/// So a personal state moves exactly when its update counted, whatever crashed in between. Safe for any thread.
/// </remarks>
public interface IPersonalStore
{
    /// <summary>Keeps the state that a training left; atomic, and durable where the store is. The same key again replaces it.</summary>
    void Save(PersonalKey key, TensorSet state);

    /// <summary>The state that this training left, or null when there is none.</summary>
    TensorSet? Load(PersonalKey key);

    /// <summary>Forgets this client's states of rounds (and attempts) before the key's: they can no longer be asked for.</summary>
    void ForgetBefore(PersonalKey key);
}
