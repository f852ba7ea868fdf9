using ActorFed.Actors.Runs;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Rounds;

/// <summary>A client met a fault that nobody foresaw; its own words are in the message.</summary>
public sealed class ClientBugException(RoundKey key, ClientId client, string detail)
    : Exception($"{client} failed in {key}: {detail}")
{
    /// <summary>Which attempt.</summary>
    public RoundKey Key => key;

    /// <summary>Which client.</summary>
    public ClientId Client => client;
}

/// <summary>The method could not aggregate updates that had passed every rule.</summary>
public sealed class AggregationException(RoundKey key, string method, Exception cause)
    : Exception($"{method} could not aggregate {key}: {cause?.Message}", cause)
{
    /// <summary>Which attempt.</summary>
    public RoundKey Key => key;

    /// <summary>The method's name.</summary>
    public string Method => method;
}
