using Akka.Actor;

namespace Akka.Tests.Actor;

/// <summary>What a failure means where nobody says otherwise, and how a table of exceptions is read.</summary>
public sealed class DeciderSpec
{
    [Fact]
    public void By_default_what_cannot_get_better_stops_and_everything_else_restarts()
    {
        var decider = SupervisorStrategy.DefaultDecider;

        Assert.All(
            new Exception[]
            {
                new ActorInitializationException("x"),
                new ActorKilledException("x"),
                new DeathPactException(ActorRefs.Nobody),
            },
            e => Assert.Equal(Directive.Stop, decider.Decide(e))
        );
        Assert.Equal(Directive.Restart, decider.Decide(new InvalidOperationException()));
    }

    [Fact]
    public void A_table_takes_the_first_class_that_fits_and_its_default_for_the_others()
    {
        var decider = Decider.From(
            Directive.Escalate,
            KeyValuePair.Create(typeof(ArgumentNullException), Directive.Resume),
            KeyValuePair.Create(typeof(ArgumentException), Directive.Stop)
        );

        Assert.Equal(Directive.Resume, decider.Decide(new ArgumentNullException()));
        Assert.Equal(Directive.Stop, decider.Decide(new ArgumentException()));
        Assert.Equal(Directive.Stop, decider.Decide(new ArgumentOutOfRangeException()));
        Assert.Equal(Directive.Escalate, decider.Decide(new InvalidOperationException()));
    }

    private sealed class Fails : UntypedActor
    {
        protected override void OnReceive(object message) => throw new InvalidOperationException("x");
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("akka.actor.guardian-supervisor-strategy = \"Akka.Actor.StoppingSupervisorStrategy\"", true)]
    public async Task The_settings_say_what_the_guardian_does_about_its_children(string hocon, bool stops)
    {
        await using var local = new LocalSystem(hocon);
        var log = local.NewInbox();
        var actor = local.Sys.ActorOf<Fails>();
        log.Watch(actor);
        await LocalSystem.Soon(log.Ref.Ask<ActorIdentity>(new Identify(1)));

        actor.Tell("fail");

        if (stops)
            Assert.Equal(actor, (await log.Expect<Terminated>()).ActorRef);
        else
            Assert.Equal(actor, (await LocalSystem.Soon(actor.Ask<ActorIdentity>(new Identify(2)))).Subject); // it goes on
    }
}
