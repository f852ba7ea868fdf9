using Akka.Actor;
using Akka.Event;

namespace Akka.Remote.Tests;

/// <summary>akka.remote.untrusted-mode: other systems may send plain messages to actors whose references they were given.</summary>
public sealed class UntrustedModeSpec : RemoteSpec
{
    private readonly ActorSystem _client;
    private readonly TestKit.TestProbe _log;
    private readonly IActorRef _receptionist;
    private readonly IActorRef _private;

    public UntrustedModeSpec()
        : base("akka.remote { untrusted-mode = on, trusted-selection-paths = [\"/user/receptionist\"] }")
    {
        _client = NewSystem("client");
        _log = CreateTestProbe();
        Sys.EventStream.Subscribe(_log, typeof(Warning));
        _receptionist = Sys.ActorOf(Props.Create(() => new Teller(TestActor)), "receptionist");
        _private = Sys.ActorOf(Props.Create(() => new Teller(TestActor)), "private");
    }

    private sealed class Teller : ReceiveActor
    {
        public Teller(IActorRef to) => ReceiveAny(to.Forward);
    }

    private sealed record Plain(int Number);

    private IActorRef FromClient(IActorRef actor) => Seen(_client, actor, Sys);

    private void ExpectRefusal(string part) =>
        _log.FishForMessage<Warning>(w => w.Message.ToString()!.Contains(part, StringComparison.Ordinal), Patience);

    [Fact]
    public void A_plain_message_to_a_known_reference_arrives()
    {
        FromClient(_receptionist).Tell("hello", ActorRefs.NoSender);
        ExpectMsg("hello");
    }

    [Fact]
    public void Harmful_messages_are_refused()
    {
        FromClient(_receptionist).Tell(PoisonPill.Instance, ActorRefs.NoSender);
        ExpectRefusal("PoisonPill");
        FromClient(_receptionist).Tell(Kill.Instance, ActorRefs.NoSender);
        ExpectRefusal("takes no Kill");
        FromClient(_receptionist).Tell("alive", ActorRefs.NoSender);
        ExpectMsg("alive");
    }

    [Fact]
    public void Watching_and_stopping_are_refused_and_only_stopping_is_worth_a_warning()
    {
        var probe = CreateTestProbe(_client);
        probe.Watch(FromClient(_private));
        _client.Stop(FromClient(_private));
        var first = _log.ExpectMsg<Warning>(Patience);
        Assert.Contains(
            "manifest [TM]: untrusted mode takes no system messages",
            first.Message.ToString(),
            StringComparison.Ordinal
        );
        FromClient(_private).Tell("alive", ActorRefs.NoSender);
        ExpectMsg("alive");
    }

    [Fact]
    public void Who_is_at_a_trusted_path_can_be_watched_and_not_be_stopped()
    {
        var probe = CreateTestProbe(_client);
        probe.Watch(FromClient(_receptionist));
        _client.Stop(FromClient(_receptionist));
        ExpectRefusal("takes no Terminate");
        FromClient(_receptionist).Tell("alive", ActorRefs.NoSender);
        ExpectMsg("alive");
        Sys.Stop(_receptionist);
        probe.ExpectTerminated(FromClient(_receptionist), Patience);
    }

    [Fact]
    public void A_path_that_was_guessed_is_no_reference_that_was_given()
    {
        var guessed = ((ExtendedActorSystem)_client).Provider.ResolveActorRef(AddressOf(Sys) + "/user/private");
        guessed.Tell("in?", ActorRefs.NoSender);
        ExpectRefusal("without the uid");
        ((ExtendedActorSystem)_client)
            .Provider.ResolveActorRef(AddressOf(Sys) + "/user/receptionist")
            .Tell("in", ActorRefs.NoSender);
        ExpectMsg("in");
    }

    [Fact]
    public void Selections_reach_the_trusted_paths_only()
    {
        var root = AddressOf(Sys).ToString();
        _client.ActorSelection(root + "/user/private").Tell("in?", ActorRefs.NoSender);
        ExpectRefusal("/user/private");
        _client.ActorSelection(root + "/user/*").Tell("in?", ActorRefs.NoSender);
        ExpectRefusal("/user/*");
        _client.ActorSelection(root + "/user/receptionist").Tell(PoisonPill.Instance, ActorRefs.NoSender);
        ExpectRefusal("/user/receptionist");
        _client.ActorSelection(root + "/user/receptionist").Tell(Kill.Instance, ActorRefs.NoSender);
        ExpectRefusal("/user/receptionist");
        new ActorSelection(FromClient(_receptionist), "../private").Tell("in?", ActorRefs.NoSender);
        ExpectRefusal("../private");
        _client.ActorSelection(root + "/user/receptionist").Tell("in", ActorRefs.NoSender);
        ExpectMsg("in");
    }

    [Theory]
    [InlineData("/system/remote-watcher")]
    [InlineData("/system")]
    [InlineData("/")]
    [InlineData("/remote")]
    public void Forged_paths_to_the_system_itself_are_refused(string path)
    {
        ((ExtendedActorSystem)_client).Provider.ResolveActorRef(AddressOf(Sys) + path).Tell("in?", ActorRefs.NoSender);
        ExpectRefusal("of the system itself");
    }

    [Fact]
    public void JSON_with_type_names_is_refused()
    {
        FromClient(_receptionist).Tell(new Plain(1), ActorRefs.NoSender);
        ExpectRefusal("no JSON");
    }
}
