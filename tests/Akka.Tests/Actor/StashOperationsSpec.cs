using Akka.Actor;

namespace Akka.Tests.Actor;

/// <summary>Each operation of a stash, driven by messages that say what to do.</summary>
public sealed class StashOperationsSpec
{
    private sealed record Do(Action<IStash, IActorContext> What);

    private sealed class Stasher(IActorRef log, Func<object, bool> stashes) : UntypedActor, IWithUnboundedStash
    {
        public IStash Stash { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            if (message is Do it)
                it.What(Stash, Context);
            else if (stashes(message))
                Stash.Stash();
            else
                log.Tell(message is Terminated end ? $"end of {end.ActorRef.Path.Name}" : $"{message} from {Sender.Path.Name}");
        }
    }

    private sealed class Open
    {
        public volatile bool Is;
    }

    private static (IActorRef Actor, LocalSystem.Inbox Log, Open Open) Raise(LocalSystem local)
    {
        var (log, open) = (local.NewInbox("log"), new Open());
        Func<object, bool> stashes = _ => !open.Is;
        return (local.Sys.ActorOf(Props.Create(() => new Stasher(log.Ref, stashes))), log, open);
    }

    private static async Task Stashed(IActorRef actor, LocalSystem.Inbox log, params object[] messages)
    {
        foreach (var message in messages)
            actor.Tell(message, log.Ref);
        await LocalSystem.Soon(actor.Ask<ActorIdentity>(new Identify(1))); // all are handled, that is put aside
    }

    [Fact]
    public async Task Unstash_gives_back_the_oldest_alone_with_its_sender()
    {
        await using var local = new LocalSystem();
        var (actor, log, open) = Raise(local);
        await Stashed(actor, log, 1, 2, 3);

        open.Is = true;
        actor.Tell(
            new Do(
                (s, c) =>
                {
                    s.Unstash();
                    log.Ref.Tell((s.Count, s.IsEmpty, s.NonEmpty, s.IsFull, s.Capacity), ActorRefs.NoSender);
                }
            )
        );

        await log.Expect((2, false, true, false, -1), "1 from log");
        await log.ExpectNothingBefore(actor);
    }

    [Fact]
    public async Task UnstashAll_with_a_predicate_gives_back_what_fits_and_drops_the_others()
    {
        await using var local = new LocalSystem();
        var (actor, log, open) = Raise(local);
        await Stashed(actor, log, 1, 2, 3, 4);

        open.Is = true;
        actor.Tell(new Do((s, _) => s.UnstashAll(e => e.Message is int n && n % 2 == 0)));
        actor.Tell(new Do((s, _) => s.UnstashAll()));

        await log.Expect("2 from log", "4 from log");
        await log.ExpectNothingBefore(actor);
    }

    [Fact]
    public async Task ClearStash_hands_over_what_Prepend_can_put_back_in_front()
    {
        await using var local = new LocalSystem();
        var (actor, log, open) = Raise(local);
        await Stashed(actor, log, 1, 2);
        IEnumerable<Envelope> taken = [];

        actor.Tell(
            new Do(
                (s, _) =>
                {
                    taken = s.ClearStash();
                    log.Ref.Tell(s.Count, ActorRefs.NoSender);
                }
            )
        );
        await log.Expect(0);
        await Stashed(actor, log, 3);
        open.Is = true;
        actor.Tell(
            new Do(
                (s, _) =>
                {
                    s.Prepend(taken);
                    s.UnstashAll();
                }
            )
        );

        await log.Expect("1 from log", "2 from log", "3 from log");
    }

    [Fact]
    public async Task The_same_message_cannot_be_put_aside_twice_but_an_equal_one_can()
    {
        await using var local = new LocalSystem();
        var (actor, log, open) = Raise(local);

        actor.Tell(
            new Do(
                (s, _) =>
                {
                    s.Stash();
                    log.Ref.Tell(Record.Exception(s.Stash)!.GetType(), ActorRefs.NoSender); // fault: once more
                }
            )
        );
        await log.Expect(typeof(IllegalActorStateException));
        await Stashed(actor, log, "equal", "equal");
        open.Is = true;
        actor.Tell(
            new Do(
                (s, _) =>
                {
                    s.ClearStash().Skip(1).ToList().ForEach(e => log.Ref.Tell(e.Message, ActorRefs.NoSender));
                }
            )
        );

        await log.Expect("equal", "equal");
    }

    [Fact]
    public async Task A_death_notice_that_was_put_aside_comes_back_as_one()
    {
        await using var local = new LocalSystem();
        var (actor, log, open) = Raise(local);
        var subject = local.Sys.ActorOf(Props.Empty, "subject");
        actor.Tell(new Do((_, c) => c.Watch(subject)));

        Assert.True(await LocalSystem.Soon(subject.GracefulStop(TimeSpan.FromSeconds(20))));
        int count;
        do
        {
            actor.Tell(new Do((s, _) => log.Ref.Tell(s.Count, ActorRefs.NoSender)));
            count = await log.Expect<int>();
        } while (count == 0); // the notice is on its way
        open.Is = true;
        actor.Tell(new Do((s, _) => s.UnstashAll()));

        await log.Expect("end of subject");
        await log.ExpectNothingBefore(actor);
    }

    [Fact]
    public async Task An_actor_with_a_stash_on_a_mailbox_without_a_front_does_not_start_and_says_why()
    {
        await using var local = new LocalSystem("plain { mailbox-type = \"Akka.Dispatch.UnboundedMailbox\" }");
        var log = local.NewInbox();
        local.Sys.EventStream.Subscribe(log.Ref, typeof(Akka.Event.Error));

        var refused = Record.Exception(() =>
            local.Sys.ActorOf(Props.Create(() => new Stasher(log.Ref, null!)).WithMailbox("plain")) // fault
        );

        var said = refused?.ToString() ?? (await log.Expect<Akka.Event.Error>()).ToString();
        Assert.Contains("does not fulfill requirement", said, StringComparison.Ordinal);
        Assert.Contains(nameof(Stasher), said, StringComparison.Ordinal);
    }
}
