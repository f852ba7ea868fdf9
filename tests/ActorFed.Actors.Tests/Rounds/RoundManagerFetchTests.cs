using ActorFed.Actors.Rounds;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Actors.Transfer;
using ActorFed.Training.Encoding;
using Akka.TestKit;
using static ActorFed.Actors.Rounds.ManagerProtocol;
using static ActorFed.Actors.Rounds.RoundProtocol;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Tests.Rounds;

/// <summary>Updates whose bytes are on the nodes: an update arrives when its bytes do.</summary>
public sealed class RoundManagerFetchTests : RoundManagerKit
{
    private readonly TestProbe _fetcher;

    public RoundManagerFetchTests() => _fetcher = CreateTestProbe("fetcher");

    [Fact]
    public void An_update_counts_when_its_bytes_are_here_and_a_repeat_is_fetched_once()
    {
        OpenWithFetcher();
        var upload = Tensors(1);
        Announce(Ann, upload);
        var fetch = _fetcher.Next<Fetch>();
        Assert.Equal((upload.Id, NodeOf(Ann).Ref), (fetch.Blob, fetch.Source));
        HearsNothing(Ann);
        Clock.Advance(Seconds(7));
        Announce(Ann, upload); // fault: the fetch takes longer than the client waits for its answer
        Assert.Equal(upload.Id, _fetcher.Next<Fetch>().Blob);
        Clock.Advance(Seconds(3));
        Arrive(upload);
        Assert.Equal(new UpdateReceived(Key, Ann), Hears<UpdateReceived>(Ann));
        HearsNothing(Ann);
        Deliver(Bob);
        Deliver(Cid);
        var ann = Commits().Commit.Summary.Contributors.Single(c => c.Client == Ann);
        Assert.Equal(Seconds(10), ann.Arrived);
        NothingLeaks();
    }

    [Fact]
    public void Two_clients_with_the_same_bits_are_answered_both()
    {
        OpenWithFetcher();
        Announce(Ann, Tensors(1));
        Announce(Bob, Tensors(1));
        Arrive(Tensors(1));
        Hears<UpdateReceived>(Ann);
        Hears<UpdateReceived>(Bob);
    }

    [Theory]
    [InlineData(FetchFault.Absent)]
    [InlineData(FetchFault.Corrupt)]
    [InlineData(FetchFault.TooLarge)]
    public void An_update_that_its_node_does_not_have_is_refused(FetchFault why)
    {
        OpenWithFetcher();
        Announce(Ann, Tensors(1));
        Fail(Tensors(1), why); // fault
        IsRefused(Ann, Refusal.Unreadable);
        Deliver(Bob);
        Deliver(Cid);
        Assert.Equal([Bob, Cid], Commits().Commit.Summary.Contributors.Select(c => c.Client));
    }

    [Fact]
    public void An_update_of_a_node_that_cannot_be_reached_may_be_announced_again()
    {
        OpenWithFetcher();
        Announce(Ann, Tensors(1));
        Fail(Tensors(1), FetchFault.Unreachable); // fault
        HearsNothing(Ann);
        _fetcher.Rest();
        Announce(Ann, Tensors(1));
        Assert.Equal(Tensors(1).Id, _fetcher.Next<Fetch>().Blob);
        Arrive(Tensors(1));
        Hears<UpdateReceived>(Ann);
    }

    [Fact]
    public void Of_a_lost_node_nothing_is_fetched_any_more()
    {
        OpenWithFetcher();
        Announce(Ann, Tensors(1));
        _fetcher.Next<Fetch>();
        Manager.Tell(new ClientsLost([Ann]), Run.Ref); // fault
        Clock.Settle();
        Assert.Equal(new StopFetch(Tensors(1).Id), _fetcher.Next<StopFetch>());
        Deliver(Bob);
        Deliver(Cid);
        Assert.Equal([Ann], Commits().Commit.Summary.Absent.ToList());
    }

    [Fact]
    public void At_the_deadline_what_is_still_on_its_way_is_late_and_is_not_fetched_any_more()
    {
        OpenWithFetcher();
        Deliver(Bob);
        Deliver(Cid);
        Announce(Ann, Tensors(2));
        _fetcher.Next<Fetch>();
        Clock.Advance(Options.Deadline);
        _fetcher.Next<StopFetch>();
        Assert.Equal([Ann], Commits().Commit.Summary.Late.ToList());
        Arrive(Tensors(2)); // it was on its way to the mailbox already
        Assert.Equal(new RoundOver(Key, Ann, Counted: false), Hears<RoundOver>(Ann));
        HearsNothing(Ann);
    }

    [Fact]
    public void Bytes_of_an_update_that_is_refused_anyway_are_not_fetched()
    {
        OpenWithFetcher();
        Say(Ann, Update(Ann, Tensors(1).Id) with { Examples = 0 }); // fault
        IsRefused(Ann, Refusal.NoExamples);
        _fetcher.HearsNothing();
    }

    private void OpenWithFetcher()
    {
        Open(fetcher: _fetcher.Ref);
        Accept(Ann, Bob, Cid);
    }

    // Its bytes are on the node, not in the store of the server.
    private void Announce(Training.Federation.ClientId client, TensorSet upload) => Say(client, Update(client, upload.Id));

    private void Arrive(TensorSet upload)
    {
        _fetcher.Send(Manager, new Fetched(upload.Id, upload.Encoded));
        Clock.Settle();
    }

    private void Fail(TensorSet upload, FetchFault why)
    {
        _fetcher.Send(Manager, new FetchFailed(upload.Id, why, "a test"));
        Clock.Settle();
    }
}
