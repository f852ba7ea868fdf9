using System.Collections.Immutable;
using ActorFed.Actors.Runs;
using ActorFed.Training.Federation;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Rounds;

/// <summary>Who was invited to one attempt of a round and what became of each. Immutable; knows no actor, clock or blob.</summary>
/// <param name="Key">Which attempt.</param>
/// <param name="Wanted">Updates that the round takes; those invited beyond are in reserve.</param>
/// <param name="Deadline">An update that arrives at this time after the opening, or later, does not count.</param>
/// <param name="Invited">Everybody who was asked.</param>
public sealed record RoundLedger(RoundKey Key, int Wanted, TimeSpan Deadline, ImmutableSortedSet<ClientId> Invited)
{
    /// <summary>Most examples that an update may stand for: ten thousand such counts add up without overflow, and no shard is larger.</summary>
    public const long MostExamples = 1L << 40;

    /// <summary>Who agreed, and was given work.</summary>
    public ImmutableSortedSet<ClientId> Accepted { get; init; } = [];

    /// <summary>Whose updates passed every rule.</summary>
    public ImmutableSortedDictionary<ClientId, Contributor> Received { get; init; } =
        ImmutableSortedDictionary<ClientId, Contributor>.Empty;

    /// <summary>Whose work does not count: final for this attempt.</summary>
    public ImmutableSortedDictionary<ClientId, Refusal> Refused { get; init; } =
        ImmutableSortedDictionary<ClientId, Refusal>.Empty;

    /// <summary>In whose name something came that the client's key did not sign. It settles nothing: anybody could have sent it.</summary>
    public ImmutableSortedDictionary<ClientId, Refusal> Doubted { get; init; } =
        ImmutableSortedDictionary<ClientId, Refusal>.Empty;

    /// <summary>Who will not come: did not answer in time, or the node is lost.</summary>
    public ImmutableSortedSet<ClientId> Absent { get; init; } = [];

    /// <summary>Nothing more can come.</summary>
    public bool IsComplete => Received.Count + Refused.Count + Absent.Count == Invited.Count;

    /// <summary>The round has what it takes; only updates of the same instant can still change who is taken.</summary>
    public bool HasEnough => Received.Count >= Wanted;

    /// <summary>A client agreed. <c>Assign</c> tells whether it is to be given work; a repeat is, with the same work.</summary>
    public (RoundLedger Next, bool Assign) Accept(InviteAccepted m)
    {
        ArgumentNullException.ThrowIfNull(m);
        return m.Key == Key && Invited.Contains(m.Client) && !IsSettled(m.Client)
            ? (this with { Accepted = Accepted.Add(m.Client) }, true)
            : (this, false);
    }

    /// <summary>Judges one submission. Bad input is an answer, not an exception.</summary>
    /// <param name="m">What came.</param>
    /// <param name="arrived">When, from the opening.</param>
    /// <param name="inspect">Judges the update's tensors; asked only when every other rule holds, and never for a repeat.</param>
    public (RoundLedger Next, IClientMessage Reply) Judge(SubmitUpdate m, TimeSpan arrived, Func<Refusal?> inspect)
    {
        ArgumentNullException.ThrowIfNull(m);
        ArgumentNullException.ThrowIfNull(inspect);
        if (m.Key == Key && Received.ContainsKey(m.Client))
        {
            return (this, new UpdateReceived(m.Key, m.Client)); // a repeat is answered, not counted
        }

        if (Outside(m, arrived) is { } outside)
        {
            return (this, new UpdateRefused(m.Key, m.Client, outside));
        }

        Refusal? why =
            m.Examples is < 1 or > MostExamples ? Refusal.NoExamples
            : !double.IsFinite(m.TrainLoss) || !m.Metrics.Values.All(double.IsFinite) ? Refusal.NotFinite
            : inspect();
        return why is { } refusal
            ? (this with { Refused = Refused.Add(m.Client, refusal) }, new UpdateRefused(m.Key, m.Client, refusal))
            : (this with { Received = Received.Add(m.Client, Contributor(m, arrived)) }, new UpdateReceived(m.Key, m.Client));
    }

    /// <summary>An update came that its client's key did not sign. The client may still deliver; if it does not, this is why.</summary>
    public RoundLedger Doubt(SubmitUpdate m, Refusal why)
    {
        ArgumentNullException.ThrowIfNull(m);
        var counts = m.Key == Key && Accepted.Contains(m.Client) && !IsSettled(m.Client);
        return counts ? this with { Doubted = Doubted.SetItem(m.Client, why) } : this;
    }

    /// <summary>A client gave up.</summary>
    public RoundLedger Abandon(AbandonWork m)
    {
        ArgumentNullException.ThrowIfNull(m);
        var counts = m.Key == Key && Accepted.Contains(m.Client) && !IsSettled(m.Client);
        return counts ? this with { Refused = Refused.Add(m.Client, m.Why) } : this;
    }

    /// <summary>The time to answer is over: who did not is absent.</summary>
    public RoundLedger CloseAnswers() => Lose(Invited.Except(Accepted));

    /// <summary>These clients' node is lost: who has not delivered is absent.</summary>
    public RoundLedger Lose(IEnumerable<ClientId> clients) =>
        this with
        {
            Absent = Absent.Union(clients.Where(c => Invited.Contains(c) && !IsSettled(c))),
        };

    /// <summary>The method cannot read these updates, though their bytes are as many as asked for: they are refused after all.</summary>
    public RoundLedger Misread(IReadOnlyCollection<ClientId> clients) =>
        this with
        {
            Received = Received.RemoveRange(clients),
            Refused = Refused.AddRange(clients.Select(c => KeyValuePair.Create(c, Refusal.ShapeMismatch))),
        };

    /// <summary>The end of the attempt: the first updates in order of (arrival, client) are taken.</summary>
    public RoundVerdict Close()
    {
        var taken = Received.Values.OrderBy(c => c.Arrived).ThenBy(c => c.Client).Take(Wanted).ToImmutableArray();
        var surplus = Received.Keys.Except(taken.Select(c => c.Client)).Select(c => new RefusedClient(c, Refusal.Surplus));
        var late = Accepted.Where(c => !IsSettled(c)).ToLookup(Doubted.ContainsKey);
        var refused = Refused.Concat(late[true].Select(c => KeyValuePair.Create(c, Doubted[c])));
        return new(
            [.. taken.OrderBy(c => c.Client)],
            [.. refused.Select(r => new RefusedClient(r.Key, r.Value)).Concat(surplus).OrderBy(r => r.Client)],
            [.. Invited.Where(c => Absent.Contains(c) || (!Accepted.Contains(c) && !IsSettled(c)))],
            [.. late[false]]
        );
    }

    private bool IsSettled(ClientId client) =>
        Received.ContainsKey(client) || Refused.ContainsKey(client) || Absent.Contains(client);

    // Refusals that change nothing here. One that is late stays among the late whether it comes just before or just after the close:
    // what a round reports must not depend on which of two messages of one instant is first.
    private Refusal? Outside(SubmitUpdate m, TimeSpan arrived) =>
        m switch
        {
            _ when m.Key != Key => Refusal.StaleRound,
            _ when !Accepted.Contains(m.Client) => Refusal.NotInvited,
            _ when Refused.TryGetValue(m.Client, out var before) => before, // final: it stays what it was
            _ when Absent.Contains(m.Client) || arrived >= Deadline => Refusal.Late,
            _ when HasEnough && arrived > Received.Values.Max(c => c.Arrived) => Refusal.Late,
            _ => null,
        };

    private static Contributor Contributor(SubmitUpdate m, TimeSpan arrived) =>
        new(m.Client, m.Update, m.Examples, m.Steps, m.TrainLoss, arrived, m.Metrics, m.KeptState);
}

/// <summary>How an attempt ended; every list in client order, every invited client in exactly one of them.</summary>
/// <param name="Taken">Whose updates count.</param>
/// <param name="Refused">Whose work does not count, the surplus among them.</param>
/// <param name="Absent">Who never agreed, or whose node was lost.</param>
/// <param name="Late">Who agreed and had not delivered.</param>
public sealed record RoundVerdict(
    ImmutableArray<Contributor> Taken,
    ImmutableArray<RefusedClient> Refused,
    ImmutableArray<ClientId> Absent,
    ImmutableArray<ClientId> Late
)
{
    /// <summary>When the update arrived that completed the round.</summary>
    public TimeSpan LastArrival => Taken.IsEmpty ? TimeSpan.Zero : Taken.Max(c => c.Arrived);

    /// <summary>Mean loss of those who count, weighted by their examples; nats. 0 when there are none.</summary>
    public double TrainLoss => Taken.IsEmpty ? 0 : Taken.Sum(c => c.TrainLoss * c.Examples) / Taken.Sum(c => (double)c.Examples);
}
