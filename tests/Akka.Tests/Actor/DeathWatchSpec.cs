using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class DeathWatchSpec
{
    private sealed class Idle : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef log)
        {
            Receive<IActorRef>(subject =>
            {
                Context.Watch(subject);
                Context.Watch(subject);
                Sender.Tell("watching");
            });
            Receive<(IActorRef Subject, string Own)>(m => Context.WatchWith(m.Subject, m.Own));
            Receive<Unwatch>(m =>
            {
                m.Stopped.Task.Wait(); // the notice is in the mailbox by now, behind this message
                Context.Unwatch(m.Subject);
            });
            Receive<Terminated>(m => log.Tell((m.ActorRef, m.ExistenceConfirmed))); // a forwarded notice would be ignored
            ReceiveAny(log.Forward);
        }
    }

    private sealed record Unwatch(IActorRef Subject, TaskCompletionSource Stopped);

    [Fact]
    public async Task Terminated_comes_exactly_once_whoever_stops_the_actor_and_however_often()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var watcher = local.Sys.ActorOf(Props.Create(() => new Watcher(log.Ref)));
        for (var i = 0; i < 500; i++)
        {
            var subject = local.Sys.ActorOf<Idle>();
            await LocalSystem.Soon(watcher.Ask(subject));
            Parallel.Invoke(
                () => local.Sys.Stop(subject),
                () => subject.Tell(PoisonPill.Instance),
                () => local.Sys.Stop(subject)
            );
            await log.Expect((subject, true));
        }
        await log.ExpectNothingBefore(watcher);
    }

    [Fact]
    public async Task Watching_the_dead_gives_a_notice_at_once()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var watcher = local.Sys.ActorOf(Props.Create(() => new Watcher(log.Ref)));
        var subject = local.Sys.ActorOf<Idle>();
        Assert.True(await LocalSystem.Soon(subject.GracefulStop(TimeSpan.FromSeconds(20))));

        watcher.Tell(subject);

        await log.Expect((subject, false));
    }

    [Fact]
    public async Task After_unwatch_not_even_a_notice_that_is_queued_arrives()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var watcher = local.Sys.ActorOf(Props.Create(() => new Watcher(log.Ref)));
        var subject = local.Sys.ActorOf<Idle>();
        await LocalSystem.Soon(watcher.Ask(subject));
        var stopped = new TaskCompletionSource();

        watcher.Tell(new Unwatch(subject, stopped));
        Assert.True(await LocalSystem.Soon(subject.GracefulStop(TimeSpan.FromSeconds(20))));
        stopped.SetResult();

        await log.ExpectNothingBefore(watcher);
    }

    [Fact]
    public async Task WatchWith_brings_the_message_asked_for()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var watcher = local.Sys.ActorOf(Props.Create(() => new Watcher(log.Ref)));
        var subject = local.Sys.ActorOf<Idle>();

        watcher.Tell((subject, "gone"));
        subject.Tell(PoisonPill.Instance);

        await log.Expect("gone");
    }

    [Fact]
    public async Task A_notice_that_is_not_handled_stops_the_watcher()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var subject = local.Sys.ActorOf<Idle>();
        var watcher = local.Sys.ActorOf(Props.Create(() => new Careless(subject)));
        log.Watch(watcher);

        subject.Tell(PoisonPill.Instance);

        Assert.Equal(watcher, (await log.Expect<Terminated>()).ActorRef);
    }

    private sealed class Careless : ReceiveActor
    {
        public Careless(IActorRef subject)
        {
            Context.Watch(subject);
            Receive<string>(_ => { });
        }
    }
}
