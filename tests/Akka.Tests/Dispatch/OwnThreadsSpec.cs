using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Tests.Dispatch;

/// <summary>Dispatchers with threads of their own, and the one that uses somebody else's.</summary>
public sealed class OwnThreadsSpec
{
    private const string Own = """
        training { type = ForkJoinDispatcher, dedicated-thread-pool.thread-count = 2, throughput = 1 }
        one-each { type = PinnedDispatcher }
        no-threads { type = ForkJoinDispatcher, dedicated-thread-pool.thread-count = 0 }
        """;

    /// <summary>Says on which thread it handled a message, and again after an await.</summary>
    private sealed class Where : ReceiveActor
    {
        public Where()
        {
            Receive<int>(_ => Sender.Tell(Thread.CurrentThread));
            ReceiveAsync<string>(async _ =>
            {
                var before = Thread.CurrentThread;
                await Task.Yield();
                Sender.Tell((before, Thread.CurrentThread));
            });
        }
    }

    private static Task<Thread> ThreadOf(IActorRef actor) => LocalSystem.Soon(actor.Ask<Thread>(1));

    [Fact]
    public async Task An_actor_on_a_pinned_dispatcher_always_runs_on_the_same_thread_and_on_nobody_elses()
    {
        await using var local = new LocalSystem(Own);
        var props = Props.Create<Where>().WithDispatcher("one-each");
        var (a, b) = (local.Sys.ActorOf(props), local.Sys.ActorOf(props));
        var (ofA, ofB) = (await ThreadOf(a), await ThreadOf(b));

        Assert.NotSame(ofA, ofB);
        Assert.False(ofA.IsThreadPoolThread);
        Assert.StartsWith("one-each_", ofA.Name, StringComparison.Ordinal);
        for (var i = 0; i < 100; i++)
        {
            Assert.Same(ofA, await ThreadOf(a));
            Assert.Equal((ofB, ofB), await LocalSystem.Soon(b.Ask<(Thread, Thread)>("await")));
        }
    }

    [Fact]
    public async Task Actors_on_a_dispatcher_with_its_own_threads_run_on_those_only()
    {
        await using var local = new LocalSystem(Own);
        var props = Props.Create<Where>().WithDispatcher("training");
        var actors = Enumerable.Range(0, 20).Select(_ => local.Sys.ActorOf(props)).ToArray();

        var asked = actors.SelectMany(a => Enumerable.Repeat(a, 20)).Select(ThreadOf);
        var threads = (await Task.WhenAll(asked)).Distinct().ToArray();
        var awaited = await Task.WhenAll(actors.Select(a => LocalSystem.Soon(a.Ask<(Thread Before, Thread After)>("await"))));

        Assert.InRange(threads.Length, 1, 2);
        Assert.All(threads, t => Assert.StartsWith("training_", t.Name, StringComparison.Ordinal));
        Assert.All(awaited, t => Assert.StartsWith("training_", t.After.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_threads_end_with_the_last_actor_and_begin_again_with_the_next()
    {
        await using var local = new LocalSystem(Own);
        var props = Props.Create<Where>().WithDispatcher("training");
        var first = local.Sys.ActorOf(props);
        var thread = await ThreadOf(first);

        await LocalSystem.Soon(first.GracefulStop(Timeout.InfiniteTimeSpan));
        await LocalSystem.Soon(Task.Factory.StartNew(thread.Join, TaskCreationOptions.LongRunning));

        Assert.False(thread.IsAlive);
        Assert.NotSame(thread, await ThreadOf(local.Sys.ActorOf(props)));
    }

    [Fact]
    public async Task A_dispatcher_without_threads_is_a_configuration_error()
    {
        await using var local = new LocalSystem(Own);

        var error = Assert.Throws<ConfigurationException>(() => local.Sys.ActorOf(Props.Empty.WithDispatcher("no-threads")));

        Assert.Contains("thread-count is 0", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Keeps what is posted until the test runs it, as a user interface's loop would.</summary>
    private sealed class Loop : SynchronizationContext
    {
        private readonly BlockingCollection<(SendOrPostCallback Work, object? State)> _posted = [];

        public int Posted => _posted.Count;

        public override void Post(SendOrPostCallback d, object? state) => _posted.Add((d, state));

        public void RunUntil(Task done)
        {
            done.ContinueWith(_ => Post(static _ => { }, null), TaskScheduler.Default);
            while (!done.IsCompleted)
            {
                var (work, state) = _posted.Take();
                work(state);
            }
        }
    }

    [Fact]
    public async Task The_synchronized_dispatcher_runs_its_actors_where_the_callers_context_posts()
    {
        await using var local = new LocalSystem();
        var props = Props.Create<Where>().WithDispatcher(Akka.Dispatch.Dispatchers.SynchronizedDispatcherId);

        var seen = await LocalSystem.Soon(Task.Factory.StartNew(() => OnLoop(local, props), TaskCreationOptions.LongRunning));

        Assert.Equal(seen.Loop, seen.Handled);
    }

    private static (Thread Loop, Thread Handled) OnLoop(LocalSystem local, Props props)
    {
        var loop = new Loop();
        SynchronizationContext.SetSynchronizationContext(loop);
        var actor = local.Sys.ActorOf(props);
        var asked = Task.Run(() => actor.Ask<Thread>(1));
        loop.RunUntil(asked);
        var stopped = Task.Run(() => actor.GracefulStop(Timeout.InfiniteTimeSpan));
        loop.RunUntil(stopped);
        return (Thread.CurrentThread, asked.Result);
    }

    [Fact]
    public async Task Without_a_context_there_is_no_synchronized_dispatcher()
    {
        await using var local = new LocalSystem();
        var props = Props.Empty.WithDispatcher(Akka.Dispatch.Dispatchers.SynchronizedDispatcherId);

        var error = await LocalSystem.Soon(Task.Run(() => Assert.Throws<ConfigurationException>(() => local.Sys.ActorOf(props))));

        Assert.Contains("SynchronizationContext", error.Message, StringComparison.Ordinal);
    }
}
