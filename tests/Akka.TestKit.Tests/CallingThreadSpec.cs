using Akka.Actor;

namespace Akka.TestKit.Tests;

/// <summary>Actors on the dispatcher that has no threads.</summary>
public sealed class CallingThreadSpec : Xunit2.TestKit
{
    private sealed class Recorder(List<(int Thread, object Message)> seen) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is IActorRef next)
                next.Tell("passed on");
            seen.Add((Environment.CurrentManagedThreadId, message));
        }
    }

    private IActorRef Recording(List<(int, object)> seen) =>
        ActorOf(Props.Create(() => new Recorder(seen)).WithDispatcher(CallingThreadDispatcher.Id));

    [Fact]
    public void Tell_returns_when_the_message_has_been_handled_on_the_same_thread()
    {
        var seen = new List<(int, object)>();
        var actor = Recording(seen);
        actor.Tell("a");
        Assert.Equal([(Environment.CurrentManagedThreadId, "a")], seen);
    }

    [Fact]
    public void A_chain_of_such_actors_runs_depth_first()
    {
        var (first, second) = (new List<(int, object)>(), new List<(int Thread, object Message)>());
        var next = Recording(second);
        Recording(first).Tell(next);
        Assert.Equal("passed on", Assert.Single(second).Message);
        Assert.Single(first);
    }

    [Fact]
    public void Many_threads_never_run_it_at_the_same_time()
    {
        var seen = new List<(int Thread, object Message)>(); // unguarded: only the dispatcher keeps the threads apart
        var actor = Recording(seen);
        Parallel.For(0, 8, thread => Enumerable.Range(0, 500).ToList().ForEach(i => actor.Tell((thread, i))));
        AwaitCondition(() => Volatile.Read(ref seen).Count == 4000);
        foreach (var one in seen.Select(s => ((int Thread, int Number))s.Message).GroupBy(m => m.Thread))
            Assert.Equal(Enumerable.Range(0, 500), one.Select(m => m.Number));
    }

    [Fact]
    public void A_system_that_was_not_made_for_tests_gets_the_dispatcher_too()
    {
        using var plain = ActorSystem.Create("plain", "akka { loglevel = OFF, stdout-loglevel = OFF }");
        using var kit = new PlainKit(plain);
        var seen = new List<(int, object)>();
        plain.ActorOf(Props.Create(() => new Recorder(seen)).WithDispatcher(CallingThreadDispatcher.Id)).Tell("a");
        Assert.Single(seen);
        kit.TestActor.Tell("b");
        kit.ExpectMsg("b");
    }

    private sealed class PlainKit(ActorSystem system) : Xunit2.TestKit(system), INoImplicitSender;
}
