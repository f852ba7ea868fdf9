using ActorFed.Actors.Clients;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Nodes;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Actors.Transfer;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.TestKit;
using static ActorFed.Actors.Rounds.RoundProtocol;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Tests.Clients;

/// <summary>A client whose server is another process: what it starts from has to come first.</summary>
public sealed class ClientFetchTests : FaultKit
{
    private static readonly ClientId Ann = new("ann");
    private readonly TensorSet _start = new CountingMethod().Initialise().Global;
    private readonly TestProbe _manager;
    private readonly TestProbe _server;
    private readonly TestProbe _fetcher;
    private readonly IActorRef _client;

    public ClientFetchTests()
    {
        (_manager, _server, _fetcher) = (CreateTestProbe("manager"), CreateTestProbe("server"), CreateTestProbe("fetcher"));
        var (work, device) = (new WorkQueue(), new CountingDevice());
        Sys.ActorOf(DeviceActor.Props(device, work), "device");
        var profile = new ClientProfile(Ann, 1, 10, 1e6, 1e6, 1);
        var node = new NodeSpec("n", 5, [profile], [device], work, Blobs, new MemoryPersonalStore(), Seconds(5), _server.Ref);
        (_client, _) = Raise(ClientActor.Props(node, profile, place: 0, _fetcher.Ref), "client");
        Says(new Invite(Some.Key(), Ann));
        _manager.Next<InviteAccepted>();
        Assign();
        var fetch = _fetcher.Next<Fetch>();
        Assert.Equal((_start.Id, _server.Ref), (fetch.Blob, fetch.Source));
    }

    [Fact]
    public void It_trains_when_the_start_is_here()
    {
        Arrive();
        Clock.Advance(Seconds(10.5));
        var sent = _manager.Next<SubmitUpdate>();
        Assert.True(Blobs.Contains(sent.Update)); // where its node's source finds it
        Arrive(); // fault: twice
        Says(new RoundOver(Some.Key(), Ann, Counted: true));
        Assert.Equal(0, Blobs.Held);
        _fetcher.HearsNothing();
    }

    [Fact]
    public void A_repeated_assignment_is_fetched_once()
    {
        Assign(); // fault
        _fetcher.HearsNothing();
    }

    [Theory]
    [InlineData(FetchFault.Absent, Refusal.Unreadable)]
    [InlineData(FetchFault.NoRoom, Refusal.StorageFailed)]
    public void A_start_that_cannot_be_had_is_said_with_its_reason(FetchFault fault, Refusal why)
    {
        _fetcher.Send(_client, new FetchFailed(_start.Id, fault, "in words")); // fault
        Clock.Settle();
        Assert.Equal(new AbandonWork(Some.Key(), Ann, why, "in words"), _manager.Next<AbandonWork>());
    }

    [Fact]
    public void When_the_round_is_over_first_nothing_more_is_fetched()
    {
        Says(new RoundOver(Some.Key(), Ann, Counted: false));
        Assert.Equal(new StopFetch(_start.Id), _fetcher.Next<StopFetch>());
        Arrive(); // it was on its way
        Clock.Advance(Seconds(100));
        _manager.HearsNothing();
    }

    private void Assign() =>
        Says(new AssignWork(Some.Key(), Ann, _start.Id, LocalPlan.Empty, _start.PayloadBytes, Counted: null));

    private void Arrive()
    {
        _fetcher.Send(_client, new Fetched(_start.Id, _start.Encoded));
        Clock.Settle();
    }

    private void Says(IClientMessage message)
    {
        _manager.Send(_client, message);
        Clock.Settle();
    }
}
