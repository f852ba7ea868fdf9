using Akka.Actor;

namespace Akka.Tests.Actor;

/// <summary>The outcome of a task as a message: which message, from whom, and never on the task's back.</summary>
public sealed class PipeToSpec
{
    private sealed class Piper : ReceiveActor
    {
        public Piper(IActorRef to, Func<Task<string>> work)
        {
            Receive<string>(_ => work().PipeTo(to));
            Receive<int>(_ => work().PipeTo(to, Sender));
            Receive<double>(_ => work().PipeTo(to, success: s => s + "!", failure: e => e.GetType().Name));
        }
    }

    private static IActorRef Raise(LocalSystem local, LocalSystem.Inbox log, Func<Task<string>> work) =>
        local.Sys.ActorOf(Props.Create<Piper>(log.Ref, work), "piper");

    [Fact]
    public async Task The_sender_is_the_piping_actor_unless_another_is_named()
    {
        await using var local = new LocalSystem();
        var (log, other) = (local.NewInbox(), local.NewInbox("other"));
        var piper = Raise(
            local,
            log,
            async () =>
            {
                await Task.Yield();
                return "result";
            }
        );

        piper.Tell("go", other.Ref);
        await log.Expect("result");
        Assert.Equal(piper, log.LastSender);
        piper.Tell(1, other.Ref);

        await log.Expect("result");
        Assert.Equal(other.Ref, log.LastSender);
    }

    [Fact]
    public async Task A_failure_a_cancellation_and_a_mapped_outcome_are_messages_too()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var failing = Raise(local, log, () => Task.FromException<string>(new InvalidOperationException("x")));

        failing.Tell("go");
        Assert.Equal("x", Assert.IsType<InvalidOperationException>((await log.Expect<Status.Failure>()).Cause).Message);
        failing.Tell(1.5);
        await log.Expect(nameof(InvalidOperationException));
        await Task.FromCanceled<string>(new(canceled: true)).PipeTo(log.Ref);
        Assert.IsAssignableFrom<OperationCanceledException>((await log.Expect<Status.Failure>()).Cause);

        await new ValueTask<string>("now").PipeTo(log.Ref, success: s => s + "!");
        await new ValueTask(Task.FromException(new TimeoutException())).PipeTo(log.Ref, failure: e => e.GetType().Name);
        await Task.CompletedTask.PipeTo(log.Ref, success: () => "done");
        await Task.CompletedTask.PipeTo(log.Ref); // nothing to say

        await log.Expect("now!", nameof(TimeoutException), "done");
        await log.ExpectNothingBefore(log.Ref);
    }
}
