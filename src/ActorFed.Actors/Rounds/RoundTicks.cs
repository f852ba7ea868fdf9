using ActorFed.Actors.Wire;

namespace ActorFed.Actors.Rounds;

/// <summary>Round manager → itself. The method failed.</summary>
internal sealed record AggregationFailed(Exception Cause) : ILocalMessage;

/// <summary>Round manager → itself. Who has not answered the invitation is absent.</summary>
internal sealed record AnswersDue : ILocalMessage
{
    public static readonly AnswersDue Instance = new();
}

/// <summary>Round manager → itself. The instant is over in which the round became complete.</summary>
internal sealed record EnoughHere : ILocalMessage
{
    public static readonly EnoughHere Instance = new();
}

/// <summary>Round manager → itself. What comes from here on is late.</summary>
internal sealed record DeadlinePassed : ILocalMessage
{
    public static readonly DeadlinePassed Instance = new();
}
