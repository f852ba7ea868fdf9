using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class AsyncHandlerSpec
{
    private sealed class Waiter : ReceiveActor
    {
        public Waiter(IActorRef log, Task gate)
        {
            ReceiveAsync<string>(async m =>
            {
                log.Tell("begin " + m);
                await gate;
                log.Tell($"end {m} {Sender.Path.Name} {Self.Path.Name} {Context.Self.Path.Name}");
            });
            ReceiveAsync<int>(async _ =>
            {
                await Task.Yield();
                throw new InvalidOperationException("late");
            });
            Receive<long>(m => log.Tell(m));
        }

        protected override void PreRestart(Exception reason, object message) =>
            Context.System.EventStream.Publish((reason.Message, message));
    }

    [Fact]
    public async Task No_message_is_handled_while_a_handler_waits_and_its_context_is_right_afterwards()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox("log");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = local.Sys.ActorOf(Props.Create(() => new Waiter(log.Ref, gate.Task)), "waiter");

        actor.Tell("a", log.Ref);
        actor.Tell(1L);
        await log.Expect("begin a");
        gate.SetResult();

        await log.Expect("end a log waiter waiter", 1L);
    }

    [Fact]
    public async Task A_failure_after_an_await_fails_the_actor_with_the_message_it_began_with()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var actor = local.Sys.ActorOf(Props.Create(() => new Waiter(log.Ref, Task.CompletedTask)));
        local.Sys.EventStream.Subscribe(log.Ref, typeof((string, object)));

        actor.Tell(7);
        actor.Tell(1L);

        await log.Expect(("late", (object)7), 1L);
    }

    [Fact]
    public async Task PipeTo_sends_the_result_or_the_failure()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();

        await Task.FromResult("done").PipeTo(log.Ref);
        await Task.FromException<string>(new InvalidOperationException("x")).PipeTo(log.Ref);
        await Task.FromResult(2).PipeTo(log.Ref, success: n => n * 2, failure: e => e.Message);
        await Task.FromException(new InvalidOperationException("y")).PipeTo(log.Ref, failure: e => e.Message);

        await log.Expect("done");
        Assert.Equal("x", (await log.Expect<Status.Failure>()).Cause.Message);
        await log.Expect(4, "y");
    }
}
