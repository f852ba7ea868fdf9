using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Actors.Trust;
using ActorFed.Training.Federation;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Tests.Rounds;

/// <summary>Where updates are signed: what is unsigned, forged or replayed is refused for that reason, and spoils nobody's round.</summary>
public sealed class RoundManagerSignatureTests : RoundManagerKit
{
    private readonly TestKey _ann = new("ann's node");
    private readonly TestKey _bob = new("bob's node");

    [Fact]
    public void Signed_updates_count()
    {
        OpenSigned();
        Say(Ann, Signed(Update(Ann, value: 3), _ann));
        Hears<UpdateReceived>(Ann);
        Say(Bob, Signed(Update(Bob, value: 6), _bob));
        Hears<UpdateReceived>(Bob);
        Say(Cid, Signed(Update(Cid, value: 0), _bob)); // on bob's node
        Hears<UpdateReceived>(Cid);

        var done = Commits();
        Assert.Equal(3, done.State.Global["w"].Floats[0], 5);
        Assert.Empty(done.Commit.Summary.Refused);
        NothingLeaks();
    }

    [Fact]
    public void Whatever_is_sent_in_a_clients_name_the_client_can_still_deliver()
    {
        OpenSigned();
        var honest = Signed(Update(Ann, value: 2), _ann);
        SubmitUpdate[] faults =
        [
            honest with
            {
                Signature = null,
            },
            Signed(Update(Ann, value: 1000), _bob), // by another node's key
            honest with
            {
                Update = Put(Tensors(1000)),
            }, // other tensors below the same signature
            honest with
            {
                Examples = 50,
            }, // another weight
            honest with
            {
                Client = Cid,
            }, // in another client's name
            honest with
            {
                Signature = Signature.Of([1, 2, 3]),
            },
        ];
        Refusal[] refusals = [.. faults.Select(f => f.Signature is null ? Refusal.Unsigned : Refusal.Forged)];
        foreach (var (fault, why) in faults.Zip(refusals))
        {
            var from = fault.Client;
            Say(from, fault); // fault
            Assert.Equal(new UpdateRefused(Key, from, why), Hears<UpdateRefused>(from));
            Assert.Equal((from, ClientStage.Refused, why), Seen());
        }

        Say(Ann, honest);
        Hears<UpdateReceived>(Ann);
        Say(Bob, Signed(Update(Bob, value: 2), _bob));
        Say(Cid, Signed(Update(Cid, value: 2), _bob));
        var done = Commits();
        Assert.Equal(2, done.State.Global["w"].Floats[0], 5);
        Assert.Equal([Ann, Bob, Cid], done.Commit.Summary.Contributors.Select(c => c.Client));
        Assert.Empty(done.Commit.Summary.Refused);
        NothingLeaks();
    }

    [Fact]
    public void An_update_of_an_earlier_round_is_no_update_of_this_one_by_any_name()
    {
        OpenSigned();
        var before = Signed(Update(Ann) with { Key = Key with { Attempt = 7 } }, _ann);
        Say(Ann, before); // fault: what was sent before is sent again, as it was
        Assert.Equal(Refusal.StaleRound, Hears<UpdateRefused>(Ann).Why);
        Say(Ann, before with { Key = Key }); // fault: with this round's name on it
        Assert.Equal(Refusal.Forged, Hears<UpdateRefused>(Ann).Why);
        Ends();
    }

    [Fact]
    public void Who_delivers_nothing_but_a_forgery_is_refused_and_not_late()
    {
        OpenSigned();
        Say(Ann, Update(Ann)); // fault: a client without its key
        IsRefused(Ann, Refusal.Unsigned);
        Say(Bob, Signed(Update(Bob), _bob));
        Say(Cid, Signed(Update(Cid), _bob));
        Clock.Advance(Options.Deadline);

        var summary = Commits().Commit.Summary;
        Assert.Equal(new RefusedClient(Ann, Refusal.Unsigned), Assert.Single(summary.Refused));
        Assert.Empty(summary.Late);
        Assert.Equal([Bob, Cid], summary.Contributors.Select(c => c.Client));
        NothingLeaks();
    }

    [Fact]
    public void A_node_that_lost_its_trust_in_mid_round_delivers_no_more()
    {
        OpenSigned();
        Say(Bob, Signed(Update(Bob), _bob));
        Hears<UpdateReceived>(Bob);
        _ann.IsWithdrawn = true; // fault: revoked
        Say(Ann, Signed(Update(Ann), _ann));
        IsRefused(Ann, Refusal.Untrusted);
        Say(Cid, Signed(Update(Cid), _bob));
        Clock.Advance(Options.Deadline);

        Assert.Equal(new RefusedClient(Ann, Refusal.Untrusted), Assert.Single(Commits().Commit.Summary.Refused));
        NothingLeaks();
    }

    [Fact]
    public void A_forgery_is_not_fetched()
    {
        var fetcher = CreateTestProbe("fetcher");
        OpenSigned(fetcher);
        Say(Ann, Update(Ann, Training.Encoding.BlobId.Of([1, 2, 3]))); // fault: unsigned, of tensors that are elsewhere
        IsRefused(Ann, Refusal.Unsigned);
        fetcher.HearsNothing();
        Ends();
    }

    private void OpenSigned(Akka.TestKit.TestProbe? fetcher = null)
    {
        Open(fetcher: fetcher?.Ref, keyOf: c => c == Ann ? _ann : _bob);
        Accept(Ann, Bob, Cid);
        Watcher.Rest();
    }

    private void Ends()
    {
        Sys.Stop(Manager);
        Clock.Settle();
        NothingLeaks();
    }

    private (ClientId Client, ClientStage Stage, Refusal? Why) Seen()
    {
        var seen = Watcher.Next<ClientProgress>();
        return (seen.Client, seen.Stage, seen.Why);
    }

    private static SubmitUpdate Signed(SubmitUpdate update, TestKey key) =>
        update with
        {
            Signature = key.Sign(Statements.Of(update)),
        };

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _ann.Dispose();
        _bob.Dispose();
    }
}
