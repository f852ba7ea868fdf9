namespace ActorFed.Actors.Rounds;

/// <summary>How rounds are held.</summary>
/// <param name="PerRound">Updates that a round takes (k); 1 to 10,000, at most the clients there are.</param>
/// <param name="Reserve">Share invited beyond k (x): ceil(k × (1 + x)) are invited and the first k taken; 0 to 10.</param>
/// <param name="Quorum">Fewest updates that make a round valid; 1 to <paramref name="PerRound"/>.</param>
/// <param name="Deadline">From invitation to close, on the run's clock; 1 s to 7 d.</param>
/// <param name="AnswerWithin">A client that has not answered its invitation by then is absent; 1 ms to <paramref name="Deadline"/>.</param>
/// <param name="Attempts">Cohorts that are tried for a round before the run fails; 1 to 1,000.</param>
/// <param name="EvaluateEvery">Rounds between two validations; 0 for none but the last; 0 to 1,000,000.</param>
/// <param name="ResendAfter">An update that is not answered is sent again after this long; 100 ms to 1 h.</param>
public sealed record RoundOptions(
    int PerRound,
    double Reserve,
    int Quorum,
    TimeSpan Deadline,
    TimeSpan AnswerWithin,
    int Attempts,
    int EvaluateEvery,
    TimeSpan ResendAfter
)
{
    /// <summary>Clients invited to a round: ceil(k × (1 + x)), at most <paramref name="clients"/>.</summary>
    public int Invited(int clients) => (int)Math.Min(clients, Math.Ceiling(PerRound * (1 + Reserve)));
}
