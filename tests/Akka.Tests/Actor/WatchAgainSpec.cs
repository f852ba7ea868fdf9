using Akka.Actor;

namespace Akka.Tests.Actor;

/// <summary>Watching more than once, by many, and after the end.</summary>
public sealed class WatchAgainSpec
{
    private sealed record Do(Action<IActorContext> What);

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef log)
        {
            Receive<Do>(d => d.What(Context));
            Receive<Terminated>(t => log.Tell((Self.Path.Name, t.ActorRef.Path.Name)));
            ReceiveAny(m => log.Tell(m));
        }
    }

    private static IActorRef Raise(LocalSystem local, LocalSystem.Inbox log, string name) =>
        local.Sys.ActorOf(Props.Create(() => new Watcher(log.Ref)), name);

    private static Task Done(IActorRef actor) => LocalSystem.Soon(actor.Ask<ActorIdentity>(new Identify(1)));

    [Fact]
    public async Task Another_termination_message_is_refused_until_the_watch_is_taken_back()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var watcher = Raise(local, log, "watcher");
        var subject = local.Sys.ActorOf(Props.Empty, "subject");

        watcher.Tell(
            new Do(c =>
            {
                c.WatchWith(subject, "first");
                c.WatchWith(subject, "first");
                log.Ref.Tell(Record.Exception(() => c.WatchWith(subject, "second"))!.GetType());
                log.Ref.Tell(Record.Exception(() => c.Watch(subject))!.GetType());
                c.Unwatch(subject);
                c.WatchWith(subject, "second");
            })
        );
        await log.Expect(typeof(InvalidOperationException), typeof(InvalidOperationException));
        local.Sys.Stop(subject);

        await log.Expect("second");
        await log.ExpectNothingBefore(watcher);
    }

    [Fact]
    public async Task Every_watcher_gets_its_own_notice_and_one_that_stopped_watching_gets_none()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var subject = local.Sys.ActorOf(Props.Empty, "subject");
        var watchers = Enumerable.Range(0, 20).Select(i => Raise(local, log, $"w{i:D2}")).ToList();
        foreach (var watcher in watchers)
            watcher.Tell(new Do(c => c.Watch(subject)));
        watchers[0].Tell(new Do(c => c.Unwatch(subject)));
        await Task.WhenAll(watchers.Select(Done));
        await Done(subject); // the watches are in place

        local.Sys.Stop(subject);

        var heard = new List<string>();
        for (var i = 1; i < watchers.Count; i++)
            heard.Add((await log.Expect<(string, string)>()).Item1);
        Assert.Equal(watchers.Skip(1).Select(w => w.Path.Name), heard.Order(StringComparer.Ordinal));
        await log.ExpectNothingBefore(watchers[0]);
    }

    [Fact]
    public async Task Watching_again_after_the_notice_gives_another_and_watching_oneself_none()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var watcher = Raise(local, log, "watcher");
        var subject = local.Sys.ActorOf(Props.Empty, "subject");
        watcher.Tell(
            new Do(c =>
            {
                c.Watch(subject);
                c.Watch(c.Self);
            })
        );
        await Done(watcher);
        local.Sys.Stop(subject);
        await log.Expect(("watcher", "subject"));

        watcher.Tell(new Do(c => c.Watch(subject)));

        await log.Expect(("watcher", "subject"));
        await log.ExpectNothingBefore(watcher);
    }

    [Fact]
    public async Task An_actor_of_the_same_name_is_another_one()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var watcher = Raise(local, log, "watcher");
        IActorRef? first = null;
        watcher.Tell(new Do(c => c.Watch(first = c.ActorOf(Props.Empty, "child"))));
        await Done(watcher);
        local.Sys.Stop(first!);
        await log.Expect(("watcher", "child"));

        IActorRef? second = null;
        watcher.Tell(new Do(c => c.Watch(second = c.ActorOf(Props.Empty, "child")))); // the name is free with the notice
        await Done(watcher);

        Assert.NotEqual(first, second);
        Assert.Equal(first!.Path.ToString(), second!.Path.ToString());
        local.Sys.Stop(first); // the dead one: nothing happens
        await Done(second);
        local.Sys.Stop(second);
        await log.Expect(("watcher", "child"));
    }

    [Fact]
    public async Task A_graceful_stop_is_true_when_the_actor_has_ended_and_cancelled_when_it_has_not()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var (stops, stays) = (Raise(local, log, "stops"), Raise(local, log, "stays"));

        Assert.True(await LocalSystem.Soon(stops.GracefulStop(TimeSpan.FromSeconds(20))));
        Assert.True(await LocalSystem.Soon(stops.GracefulStop(TimeSpan.FromSeconds(20)))); // it has ended already
        await Assert.ThrowsAsync<TaskCanceledException>(() =>
            LocalSystem.Soon(stays.GracefulStop(TimeSpan.FromMilliseconds(1), "please")) // fault: it does not obey
        );

        await log.Expect("please");
        await Done(stays);
    }
}
