using System.Collections.Immutable;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Actors.Trust;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.TestKit;
using static ActorFed.Actors.Journal.JournalProtocol;
using static ActorFed.Actors.Rounds.ManagerProtocol;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Tests.Kit;

/// <summary>One real round manager with probes for its run, journal, evaluator and the node of each client.</summary>
public abstract class RoundManagerKit : FaultKit
{
    protected static readonly ClientId Ann = new("ann");
    protected static readonly ClientId Bob = new("bob");
    protected static readonly ClientId Cid = new("cid");
    protected static readonly ClientId Eve = new("eve"); // never invited
    protected static readonly RoundKey Key = Some.Key();
    protected static readonly RoundOptions Options = Some.Options with { Quorum = 2 };

    private readonly List<BlobId> _uploads = [];
    private readonly Dictionary<ClientId, TestProbe> _nodes = [];
    private TestProbe? _run;

    protected RoundManagerKit()
    {
        (Journal, Evaluator, Watcher) = (CreateTestProbe("journal"), CreateTestProbe("evaluator"), CreateTestProbe("watcher"));
        foreach (var client in new[] { Ann, Bob, Cid, Eve })
        {
            _nodes.Add(client, CreateTestProbe($"node-of-{client}"));
        }

        Sys.EventStream.Subscribe(Watcher.Ref, typeof(ClientProgress));
    }

    private protected TestProbe Journal { get; }
    private protected TestProbe Evaluator { get; }

    /// <summary>Hears the progress of clients.</summary>
    private protected TestProbe Watcher { get; }

    private protected TestProbe Run => _run!;
    private protected IActorRef Manager { get; private set; } = ActorRefs.Nobody;

    /// <summary>Opens round 1 for ann, bob and cid; each has heard its invitation.</summary>
    private protected void Open(
        RoundOptions? options = null,
        IFederatedMethod? method = null,
        bool validate = false,
        IBlobStore? blobs = null,
        IActorRef? fetcher = null,
        Func<ClientId, IUpdateKey>? keyOf = null
    )
    {
        method ??= new CountingMethod();
        var plan = new RoundPlan(
            Key,
            options ?? Options,
            method.Initialise(),
            [
                .. new[] { Ann, Bob, Cid }.Select(c => new Invitee(
                    new(c, 1, 10, 1e6, 1e6, 1),
                    _nodes[c].Ref,
                    Counted: null,
                    keyOf?.Invoke(c)
                )),
            ],
            method,
            blobs ?? Blobs,
            validate,
            EarlierAttempts.None,
            fetcher
        );
        (Manager, _run) = Raise(RoundManager.Props(plan, Evaluator.Ref, Journal.Ref), "round");
        foreach (var client in new[] { Ann, Bob, Cid })
        {
            Assert.Equal(new Invite(Key, client), Hears<Invite>(client));
        }
    }

    /// <summary>These agree, and are given work.</summary>
    private protected void Accept(params ClientId[] clients)
    {
        foreach (var client in clients)
        {
            Say(client, new InviteAccepted(Key, client));
            Assert.Equal(client, Hears<AssignWork>(client).Client);
        }
    }

    /// <summary>The client's node says it, and all that follows happens.</summary>
    private protected void Say(ClientId from, object message)
    {
        _nodes[from].Send(Manager, message);
        Clock.Settle();
    }

    private protected T Hears<T>(ClientId client) => _nodes[client].Next<T>();

    private protected void HearsNothing(params ClientId[] clients) => Array.ForEach(clients, c => _nodes[c].HearsNothing());

    private protected TestProbe NodeOf(ClientId client) => _nodes[client];

    /// <summary>An honest update is sent and received.</summary>
    private protected void Deliver(ClientId client, float value = 1, long examples = 1)
    {
        Say(client, Update(client, value) with { Examples = examples });
        Assert.Equal(new UpdateReceived(Key, client), Hears<UpdateReceived>(client));
    }

    /// <summary>The update is refused, for this reason.</summary>
    private protected void IsRefused(ClientId client, Refusal why) => Assert.Equal(why, Hears<UpdateRefused>(client).Why);

    private protected SubmitUpdate Update(ClientId client, float value = 1) => Update(client, Put(Tensors(value)));

    private protected static SubmitUpdate Update(ClientId client, BlobId blob) =>
        new(Key, client, blob, 1, 10, 0.5, KeptState: false, ImmutableSortedDictionary<string, double>.Empty);

    private protected static TensorSet Tensors(float value) =>
        TensorSet
            .Empty.With("w", TensorValue.Of([.. Enumerable.Repeat(value, CountingMethod.Width)], CountingMethod.Width))
            .With("head.b", TensorValue.Of([value], 1));

    private protected BlobId Put(TensorSet tensors) => Put(tensors.Encoded);

    private protected BlobId Put(ReadOnlyMemory<byte> bytes)
    {
        var blob = Blobs.Put(bytes);
        _uploads.Add(blob);
        return blob;
    }

    /// <summary>The round is committed, and the run hears of it.</summary>
    private protected RoundDone Commits()
    {
        var commit = Journal.Next<CommitRound>();
        Assert.Equal(Key, commit.Key);
        Run.HearsNothing();
        Journal.Reply(new RoundCommitted(Key));
        Clock.Settle();
        return Run.Next<RoundDone>();
    }

    /// <summary>Each of these hears that the round is over, and whether its update counted.</summary>
    private protected void IsOver(bool counted, params ClientId[] clients) =>
        Array.ForEach(clients, c => Assert.Equal(new RoundOver(Key, c, counted), Hears<RoundOver>(c)));

    /// <summary>The clients let go of their uploads: what is left would be a leak of the manager.</summary>
    private protected void NothingLeaks()
    {
        _uploads.ForEach(Blobs.Drop);
        _uploads.Clear();
        Assert.Equal(0, Blobs.Held);
    }
}
