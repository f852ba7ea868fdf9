using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Actor;

/// <summary>The hooks of an actor: which are called when, and what happens when one of them throws.</summary>
public sealed class LifeCycleSpec
{
    public enum Hook
    {
        None,
        Constructor,
        PreStart,
        PreRestart,
        PostRestart,
        PostStop,
    }

    private sealed class Tally
    {
        public int Instances;
    }

    private sealed class Hooked : UntypedActor
    {
        private readonly IActorRef _log;
        private readonly Hook _throws;

        public Hooked(IActorRef log, Hook throws, Tally tally)
        {
            (_log, _throws) = (log, throws);
            Say("made " + Interlocked.Increment(ref tally.Instances));
            ThrowAt(Hook.Constructor);
        }

        protected override void OnReceive(object message)
        {
            if (message is "fail")
                throw new InvalidOperationException("failure");
            Say("got " + message);
        }

        protected override void PreStart()
        {
            Say("PreStart");
            ThrowAt(Hook.PreStart);
        }

        protected override void PreRestart(Exception reason, object message)
        {
            Say($"PreRestart at {message}");
            ThrowAt(Hook.PreRestart);
            base.PreRestart(reason, message);
        }

        protected override void PostRestart(Exception reason)
        {
            Say("PostRestart");
            ThrowAt(Hook.PostRestart);
            base.PostRestart(reason);
        }

        protected override void PostStop()
        {
            Say("PostStop");
            ThrowAt(Hook.PostStop);
        }

        private void Say(string what) => _log.Tell(what);

        private void ThrowAt(Hook hook)
        {
            if (_throws == hook)
                throw new InvalidOperationException($"fault in {hook}");
        }
    }

    private sealed class Supervisor(IActorRef faults, Directive directive) : UntypedActor
    {
        protected override SupervisorStrategy SupervisorStrategy() =>
            new OneForOneStrategy(
                5,
                TimeSpan.FromHours(1),
                e =>
                {
                    faults.Tell(e);
                    return e is ActorInitializationException ? Directive.Stop : directive;
                }
            );

        protected override void OnReceive(object message) => Sender.Tell(Context.ActorOf((Props)message, "child"));
    }

    private static async Task<(IActorRef Child, LocalSystem.Inbox Log, LocalSystem.Inbox Faults)> Raise(
        LocalSystem local,
        Hook throws,
        Directive directive = Directive.Restart
    )
    {
        var (log, faults) = (local.NewInbox(), local.NewInbox());
        var parent = local.Sys.ActorOf(Props.Create(() => new Supervisor(faults.Ref, directive)));
        var child = await LocalSystem.Soon(parent.Ask<IActorRef>(Props.Create<Hooked>(log.Ref, throws, new Tally())));
        return (child, log, faults);
    }

    [Fact]
    public async Task Without_a_fault_an_actor_starts_and_stops_and_its_reference_stays()
    {
        await using var local = new LocalSystem();
        var (child, log, _) = await Raise(local, Hook.None);

        child.Tell(1);
        await log.Expect("made 1", "PreStart", "got 1");
        child.Tell("fail");
        child.Tell(2);
        child.Tell(PoisonPill.Instance);

        await log.Expect("PreRestart at fail", "PostStop", "made 2", "PostRestart", "PreStart", "got 2", "PostStop");
    }

    [Theory]
    [InlineData(Hook.Constructor, "made 1")]
    [InlineData(Hook.PreStart, "made 1", "PreStart")]
    public async Task A_start_that_fails_is_an_initialization_failure_of_that_actor(Hook hook, params string[] said)
    {
        await using var local = new LocalSystem();
        var (child, log, faults) = await Raise(local, hook);

        var fault = Assert.IsType<ActorInitializationException>(await faults.Next());

        Assert.Equal((child, $"fault in {hook}"), (fault.Actor, fault.InnerException!.Message));
        await log.Expect([.. said]);
        log.Watch(child);
        await log.Expect<Terminated>(); // and PostStop was not called: it had never started
    }

    [Fact]
    public async Task A_fault_in_PreRestart_is_logged_and_the_restart_goes_on()
    {
        await using var local = new LocalSystem();
        var (child, log, _) = await Raise(local, Hook.PreRestart);
        var errors = local.NewInbox();
        local.Sys.EventStream.Subscribe(errors.Ref, typeof(Error));

        child.Tell("fail");
        child.Tell(1);

        await log.Expect("made 1", "PreStart", "PreRestart at fail", "made 2", "PostRestart", "PreStart", "got 1");
        Error error;
        do error = await errors.Expect<Error>();
        while (error.Cause is not PreRestartException);
        Assert.Equal(child.Path.ToString(), error.LogSource);
    }

    [Fact]
    public async Task A_fault_in_PostRestart_is_an_initialization_failure_that_keeps_the_first_cause()
    {
        await using var local = new LocalSystem();
        var (child, log, faults) = await Raise(local, Hook.PostRestart);

        child.Tell("fail");

        Assert.Equal("failure", Assert.IsType<InvalidOperationException>(await faults.Next()).Message);
        var second = Assert.IsType<PostRestartException>(await faults.Next());
        Assert.Equal(("failure", "fault in PostRestart"), (second.OriginalCause.Message, second.InnerException!.Message));
        await log.Expect("made 1", "PreStart", "PreRestart at fail", "PostStop", "made 2", "PostRestart");
    }

    [Fact]
    public async Task A_fault_in_PostStop_is_logged_and_the_actor_ends_all_the_same()
    {
        await using var local = new LocalSystem();
        var (child, log, _) = await Raise(local, Hook.PostStop);
        var errors = local.NewInbox();
        local.Sys.EventStream.Subscribe(errors.Ref, typeof(Error));
        await log.Expect("made 1", "PreStart");
        log.Watch(child);

        local.Sys.Stop(child);

        await log.Expect("PostStop");
        await log.Expect<Terminated>();
        Assert.Contains("fault in PostStop", (await errors.Expect<Error>()).ToString(), StringComparison.Ordinal);
    }

    private sealed class KeepsChildren : UntypedActor
    {
        private readonly IActorRef _log;

        public KeepsChildren(IActorRef log) => _log = log;

        protected override void PreStart() => Context.ActorOf(Props.Create<Hooked>(_log, Hook.None, new Tally()), "kept");

        protected override void PreRestart(Exception reason, object message) { } // does not stop the children

        protected override void PostRestart(Exception reason) { } // and makes no new ones

        protected override void OnReceive(object message)
        {
            if (message is "fail")
                throw new InvalidOperationException("x");
            Sender.Tell(Context.GetChildren().Select(c => c.Path.Name).ToArray());
            Context.Child("kept").Forward(message);
        }
    }

    [Fact]
    public async Task Children_that_PreRestart_did_not_stop_are_restarted_with_their_parent()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var parent = local.Sys.ActorOf(Props.Create<KeepsChildren>(log.Ref));
        await log.Expect("made 1", "PreStart");

        parent.Tell("fail");

        Assert.Equal(["kept"], await LocalSystem.Soon(parent.Ask<string[]>("hello")));
        await log.Expect("PreRestart at ", "PostStop", "made 2", "PostRestart", "PreStart", "got hello");
    }
}
