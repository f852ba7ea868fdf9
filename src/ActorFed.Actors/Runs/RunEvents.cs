using ActorFed.Actors.Roster;
using ActorFed.Actors.Rounds;
using ActorFed.Training.Federation;
using Akka.Actor;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Runs;

/// <summary>What a run tells those who watch, on the event stream: facts, after they happened. They stay in the process.</summary>
public interface IRunEvent : INoSerializationVerificationNeeded
{
    /// <summary>Which run.</summary>
    RunId Run { get; }
}

/// <summary>A run begins, or goes on after <paramref name="After"/>.</summary>
/// <param name="Run">Which run.</param>
/// <param name="Rounds">Rounds that it shall have.</param>
/// <param name="After">The last committed round; <see cref="RoundId.Start"/> for a new run.</param>
public sealed record RunStarted(RunId Run, int Rounds, RoundId After) : IRunEvent;

/// <summary>This process leads the run from now on.</summary>
/// <param name="Run">Which run.</param>
/// <param name="Here">The run's actor.</param>
/// <param name="Epoch">Of this leader; the next one has a higher.</param>
/// <param name="After">The last committed round.</param>
public sealed record RunLed(RunId Run, IActorRef Here, long Epoch, RoundId After) : IRunEvent;

/// <summary>A standby server came, went, or caught up; in runs of several servers.</summary>
/// <param name="Run">Which run.</param>
/// <param name="InStep">Standbys that have everything.</param>
/// <param name="Wanted">How many the run waits for before it begins.</param>
public sealed record StandbysChanged(RunId Run, int InStep, int Wanted) : IRunEvent;

/// <summary>A node came or went; in runs over several processes.</summary>
/// <param name="Run">Which run.</param>
/// <param name="Nodes">Nodes that are there.</param>
/// <param name="Here">Clients that are there.</param>
/// <param name="Clients">Clients that the run has.</param>
public sealed record NodesChanged(RunId Run, int Nodes, int Here, int Clients) : IRunEvent;

/// <summary>A run that goes on does so without the clients whose nodes have not come back; each is absent until its node registers.</summary>
/// <param name="Run">Which run.</param>
/// <param name="Here">Clients that are there.</param>
/// <param name="Clients">Clients that the run has.</param>
public sealed record ClientsMissed(RunId Run, int Here, int Clients) : IRunEvent;

/// <summary>A node registered; in runs over several processes.</summary>
public sealed record NodeCame(RunId Run, NodeEntry Node) : IRunEvent;

/// <summary>A node is gone, or was put out.</summary>
public sealed record NodeGone(RunId Run, NodeEntry Node) : IRunEvent;

/// <summary>A node may not take part.</summary>
/// <param name="Run">Which run.</param>
/// <param name="Node">What it calls itself.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Shown">The certificate that it shows, in words.</param>
public sealed record NodeDenied(RunId Run, string Node, string Address, string Rule, string Shown) : IRunEvent;

/// <summary>An update was sent and answered; also one that is repeated, or sent by a stranger.</summary>
/// <param name="Run">Which run is held: what the update says of itself may be something else.</param>
/// <param name="Update">What came.</param>
/// <param name="Speaker">Who sent it.</param>
/// <param name="Why">Why it does not count; null if it does.</param>
public sealed record UpdateJudged(RunId Run, SubmitUpdate Update, IActorRef Speaker, Refusal? Why) : IRunEvent;

/// <summary>A round's cohort is invited.</summary>
public sealed record RoundOpened(RunId Run, RoundId Round, int Attempt, int Invited) : IRunEvent;

/// <summary>A round is committed.</summary>
public sealed record RoundClosed(RunId Run, RoundSummary Summary) : IRunEvent;

/// <summary>An attempt of a round had too few updates; the next one follows, or the run fails.</summary>
public sealed record AttemptFailed(RunId Run, RoundSummary Summary, int Quorum) : IRunEvent;

/// <summary>All rounds are done.</summary>
/// <param name="Run">Which run.</param>
/// <param name="Outcome">The same that the launcher's task gives.</param>
public sealed record RunFinished(RunId Run, RunOutcome Outcome) : IRunEvent;

/// <summary>The run cannot go on.</summary>
public sealed record RunFailed(RunId Run, Exception Cause) : IRunEvent;

/// <summary>Where a client is in its round.</summary>
public enum ClientStage
{
    /// <summary>It was given work.</summary>
    Assigned = 1,

    /// <summary>A device trains it.</summary>
    Training = 2,

    /// <summary>Its update is here.</summary>
    Done = 3,

    /// <summary>The round closed without it.</summary>
    Late = 4,

    /// <summary>Its work does not count, for the reason beside it.</summary>
    Refused = 5,

    /// <summary>It did not answer.</summary>
    Absent = 6,
}

/// <summary>A client came to another stage.</summary>
public sealed record ClientProgress(
    RunId Run,
    RoundId Round,
    int Attempt,
    ClientId Client,
    ClientStage Stage,
    Refusal? Why = null
) : IRunEvent;
