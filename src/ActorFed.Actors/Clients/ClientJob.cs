using ActorFed.Actors.Runs;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Akka.Actor;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Clients;

/// <summary>What a client has only while it takes part in a round; an idle client has none of it.</summary>
internal sealed class ClientJob(RoundKey key, IActorRef manager) : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();

    public RoundKey Key => key;
    public IActorRef Manager => manager;
    public CancellationToken Cancel => _cancel.Token;

    /// <summary>The work; null until it is assigned.</summary>
    public LocalWork? Work { get; set; }

    public AssignWork? Assigned { get; set; }

    /// <summary>What it starts from is on its way here.</summary>
    public bool IsFetching { get; set; }

    /// <summary>The micro-batch of the training that runs.</summary>
    public int MicroBatch { get; set; }

    /// <summary>The blob that this client holds until it hears the final word.</summary>
    public BlobId? Upload { get; set; }

    /// <summary>The repeated submission, while it is unanswered.</summary>
    public ICancelable? Resend { get; set; }

    public void Dispose()
    {
        Resend?.Cancel();
        _cancel.Cancel();
        _cancel.Dispose();
    }
}
