using Akka.Actor;
using static ActorFed.Kernel.VirtualTime.Tests.Virtual;

namespace ActorFed.Kernel.VirtualTime.Tests;

public sealed class WorkTests
{
    private sealed record Done(string What);

    private sealed record Failed(Exception Why);

    [Fact]
    public async Task The_clock_waits_at_the_due_time_for_work_that_is_unfinished()
    {
        using var system = Start();
        var (work, trace, end) = (Gate<string>(), new List<string>(), Gate<int>());
        IActorRef actor;
        using (system.Clock().Hold())
        {
            actor = Recorder(system, trace, end);
            Run(system, _ => work.Task, seconds: 10, order: 0, actor);
            system.Scheduler.ScheduleTellOnce(Seconds(20), actor, "end", ActorRefs.NoSender);
        }
        for (var ask = 0; ask < 200; ask++) // outside threads may speak meanwhile, and the clock does not pass 10 s
            Assert.InRange(await actor.Ask<TimeSpan>("time?"), TimeSpan.Zero, Seconds(10));
        Assert.Empty(trace);

        work.SetResult("slow machine");
        await end.Task;
        Assert.Equal(["slow machine@10", "end@20"], trace);
    }

    [Fact]
    public async Task Work_that_is_finished_early_is_delivered_at_its_time_and_not_before()
    {
        using var system = Start();
        var (trace, end) = (new List<string>(), Gate<int>());
        using (system.Clock().Hold())
        {
            var actor = Recorder(system, trace, end);
            Run(system, _ => Task.FromResult("fast machine"), seconds: 10, order: 0, actor);
            foreach (var at in new[] { 9, 11 })
                system.Scheduler.ScheduleTellOnce(Seconds(at), actor, "tick", ActorRefs.NoSender);
            system.Scheduler.ScheduleTellOnce(Seconds(20), actor, "end", ActorRefs.NoSender);
        }
        await end.Task;
        Assert.Equal(["tick@9", "fast machine@10", "tick@11", "end@20"], trace);
    }

    [Fact]
    public async Task Ties_go_by_order_then_by_start_and_timers_come_last_however_the_real_work_ends()
    {
        using var system = Start();
        var (trace, end) = (new List<string>(), Gate<int>());
        var gates = Enumerable.Range(0, 5).Select(_ => Gate<string>()).ToArray();
        var orders = new long[] { 3, 1, 2, 1, -7 };
        using (system.Clock().Hold())
        {
            var actor = Recorder(system, trace, end);
            system.Scheduler.ScheduleTellOnce(Seconds(5), actor, "deadline", ActorRefs.NoSender);
            for (var i = 0; i < gates.Length; i++)
            {
                var gate = gates[i];
                Run(system, _ => gate.Task, seconds: 5, orders[i], actor);
            }
            system.Scheduler.ScheduleTellOnce(Seconds(6), actor, "end", ActorRefs.NoSender);
        }
        for (var i = gates.Length - 1; i >= 0; i--) // fault: the real work ends in the opposite order of its start
            gates[i].SetResult($"w{i}");
        await end.Task;
        Assert.Equal(["w4@5", "w1@5", "w3@5", "w2@5", "w0@5", "deadline@5", "end@6"], trace);
    }

    [Fact]
    public async Task What_a_delivery_sets_off_is_done_before_the_next_delivery_of_the_same_time()
    {
        using var system = Start();
        var (trace, end) = (new List<string>(), Gate<int>());
        using (system.Clock().Hold())
        {
            var manager = Recorder(system, trace, end);
            var client = system.ActorOf(Handler.Props((_, message) => manager.Tell($"submit {((Done)message).What}")));
            Run(system, _ => Task.FromResult("a"), seconds: 5, order: 0, client);
            Run(system, _ => Task.FromResult("b"), seconds: 5, order: 1, manager);
            system.Scheduler.ScheduleTellOnce(Seconds(5), manager, "end", ActorRefs.NoSender);
        }
        await end.Task;
        Assert.Equal(["submit a@5", "b@5", "end@5"], trace);
    }

    [Fact]
    public async Task A_fault_in_the_work_comes_back_as_a_message_at_the_time_of_the_result()
    {
        using var system = Start();
        var (trace, end) = (new List<string>(), Gate<int>());
        using (system.Clock().Hold())
        {
            var actor = Recorder(system, trace, end);
            Run(system, _ => throw new InvalidOperationException("throws"), seconds: 1, order: 0, actor); // fault: before its first await
            Run(system, _ => Task.FromException<string>(new IOException("fails")), seconds: 2, order: 0, actor);
            Run(system, _ => Task.FromCanceled<string>(new CancellationToken(true)), seconds: 3, order: 0, actor);
            WorkTokens
                .For(system)
                .Run(
                    _ => Task.FromResult(0),
                    Seconds(4),
                    0,
                    actor,
                    x => throw new FormatException($"maps {x}"),
                    e => new Failed(e)
                );
            system.Scheduler.ScheduleTellOnce(Seconds(9), actor, "end", ActorRefs.NoSender);
        }
        await end.Task;
        Assert.Equal(
            [
                "InvalidOperationException: throws@1",
                "IOException: fails@2",
                "OperationCanceledException: The operation was canceled.@3",
                "FormatException: maps 0@4",
                "end@9",
            ],
            trace
        );
    }

    [Theory]
    [InlineData(true)] // the real work had finished when it was called off
    [InlineData(false)]
    public async Task Cancelled_work_comes_back_as_cancelled_when_it_was_called_off(bool finished)
    {
        using var system = Start();
        var (trace, end) = (new List<string>(), Gate<int>());
        using var cancel = new CancellationTokenSource();
        using (system.Clock().Hold())
        {
            var actor = Recorder(system, trace, end);
            Run(
                system,
                async token =>
                {
                    if (!finished)
                        await UntilCancelled(token);
                    return "result";
                },
                seconds: 100,
                order: 0,
                actor,
                cancel.Token
            );
            system.Scheduler.Advanced.ScheduleOnce(Seconds(30), cancel.Cancel);
            system.Scheduler.ScheduleTellOnce(Seconds(200), actor, "end", ActorRefs.NoSender);
        }
        await end.Task;
        Assert.Equal(["OperationCanceledException: The operation was canceled.@30", "end@200"], trace);
    }

    [Fact]
    public async Task Work_that_nobody_can_hear_of_is_cancelled_at_the_end_of_the_system()
    {
        var system = Start();
        var (started, cancelled) = (Gate<int>(), Gate<int>());
        var actor = system.ActorOf(Handler.Props((_, _) => { }));
        Run(
            system,
            async token =>
            {
                started.SetResult(0);
                await UntilCancelled(token);
                cancelled.SetResult(0);
                return "";
            },
            seconds: 1,
            order: 0,
            actor
        );
        await started.Task;
        await system.Terminate();
        await cancelled.Task;
    }

    [Fact]
    public async Task On_real_time_the_result_comes_when_the_work_is_done()
    {
        using var system = RealTime();
        var heard = Gate<object>();
        var actor = system.ActorOf(Handler.Props((_, message) => heard.SetResult(message)));
        Run(system, _ => Task.FromResult("now"), seconds: 1_000_000, order: 0, actor);
        Assert.Equal(new Done("now"), await heard.Task);

        heard = Gate<object>();
        Run(system, _ => Task.FromException<string>(new IOException("disk")), seconds: 1_000_000, order: 0, actor);
        Assert.IsType<IOException>(Assert.IsType<Failed>(await heard.Task).Why);
    }

    [Fact]
    public void A_negative_duration_is_refused()
    {
        using var system = Start();
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Run(system, _ => Task.FromResult(""), seconds: -1, order: 0, system.DeadLetters)
        );
    }

    private static void Run(
        ActorSystem system,
        Func<CancellationToken, Task<string>> work,
        double seconds,
        long order,
        IActorRef target,
        CancellationToken cancel = default
    ) =>
        WorkTokens.For(system).Run(work, Seconds(seconds), order, target, what => new Done(what), why => new Failed(why), cancel);

    private static Task UntilCancelled(CancellationToken token)
    {
        var gate = Gate<int>();
        token.Register(() => gate.SetResult(0));
        return gate.Task;
    }

    // Writes down "what@second"; answers time?; the message end ends the test.
    private static IActorRef Recorder(ActorSystem system, List<string> trace, TaskCompletionSource<int> end) =>
        system.ActorOf(
            Handler.Props(
                (me, message) =>
                {
                    if (message is "time?")
                    {
                        me.From.Tell(me.Clock.Elapsed);
                        return;
                    }
                    var text = message switch
                    {
                        Done done => done.What,
                        Failed { Why: OperationCanceledException } => "OperationCanceledException: The operation was canceled.",
                        Failed { Why: var why } => $"{why.GetType().Name}: {why.Message}",
                        _ => message.ToString(),
                    };
                    trace.Add($"{text}@{me.Clock.Elapsed.TotalSeconds}");
                    if (message is "end")
                        end.SetResult(0);
                }
            )
        );
}
