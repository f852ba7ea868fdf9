using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class StashSpec
{
    private sealed class Stasher : ReceiveActor, IWithUnboundedStash
    {
        public Stasher(IActorRef log)
        {
            Receive<string>(
                s => s == "open",
                _ =>
                {
                    Become(() => ReceiveAny(m => log.Tell(m)));
                    Stash.UnstashAll();
                }
            );
            Receive<string>(s => s == "fail", _ => throw new InvalidOperationException("x"));
            ReceiveAny(_ => Stash.Stash());
        }

        public IStash Stash { get; set; } = null!;
    }

    private sealed class Bounded : ReceiveActor, IWithBoundedStash
    {
        public Bounded(IActorRef log) =>
            ReceiveAny(m =>
            {
                try
                {
                    Stash.Stash();
                }
                catch (StashOverflowException)
                {
                    log.Tell($"overflow at {m}");
                }
            });

        public IStash Stash { get; set; } = null!;
    }

    [Fact]
    public async Task Stashed_messages_come_back_in_order_and_before_later_ones()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var actor = local.Sys.ActorOf(Props.Create(() => new Stasher(log.Ref)));

        foreach (var message in (object[])[1, 2, 3, "open", 4])
            actor.Tell(message);

        await log.Expect(1, 2, 3, 4);
    }

    [Fact]
    public async Task A_restart_gives_the_stash_back_to_the_mailbox_in_order()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var actor = local.Sys.ActorOf(Props.Create(() => new Stasher(log.Ref)));

        foreach (var message in (object[])[1, 2, "fail", 3, "open"])
            actor.Tell(message);

        await log.Expect(1, 2, 3);
    }

    [Fact]
    public async Task A_full_stash_overflows()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var actor = local.Sys.ActorOf(Props.Create(() => new Bounded(log.Ref)).WithStashCapacity(2));

        foreach (var message in (object[])[1, 2, 3])
            actor.Tell(message);

        await log.Expect("overflow at 3");
    }
}
