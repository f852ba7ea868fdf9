using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class TellAndAskSpec
{
    private sealed class Answers : ReceiveActor
    {
        public Answers()
        {
            Receive<string>(s => Sender.Tell(s + "!"));
            Receive<int>(_ => Sender.Tell(new Status.Failure(new InvalidOperationException("no numbers"))));
            Receive<long>(_ => { });
            Receive<IActorRef>(to => to.Forward("forwarded"));
        }
    }

    [Fact]
    public async Task An_ask_completes_with_the_answer()
    {
        await using var local = new LocalSystem();
        var actor = local.Sys.ActorOf<Answers>();

        Assert.Equal("hi!", await LocalSystem.Soon(actor.Ask<string>("hi")));
        Assert.Equal("hi!", await LocalSystem.Soon(actor.Ask("hi")));
    }

    [Fact]
    public async Task A_failure_as_the_answer_is_the_exception_of_the_ask()
    {
        await using var local = new LocalSystem();
        var actor = local.Sys.ActorOf<Answers>();

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => LocalSystem.Soon(actor.Ask<string>(1)));
        Assert.Equal("no numbers", thrown.Message);
        Assert.IsType<Status.Failure>(await LocalSystem.Soon(actor.Ask<Status>(1)));
    }

    [Fact]
    public async Task An_answer_of_another_type_is_an_error()
    {
        await using var local = new LocalSystem();
        var actor = local.Sys.ActorOf<Answers>();

        await Assert.ThrowsAsync<ArgumentException>(() => LocalSystem.Soon(actor.Ask<int>("hi")));
    }

    [Fact]
    public async Task An_ask_without_an_answer_times_out()
    {
        await using var local = new LocalSystem();
        var actor = local.Sys.ActorOf<Answers>();

        await Assert.ThrowsAsync<AskTimeoutException>(() => LocalSystem.Soon(actor.Ask<string>(1L, TimeSpan.Zero)));
    }

    [Fact]
    public async Task An_ask_can_be_cancelled()
    {
        await using var local = new LocalSystem();
        var actor = local.Sys.ActorOf<Answers>();
        using var cancel = new CancellationTokenSource();

        var ask = actor.Ask<string>(1L, cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LocalSystem.Soon(ask));
    }

    [Fact]
    public async Task Forward_keeps_the_sender()
    {
        await using var local = new LocalSystem();
        var (from, to) = (local.NewInbox(), local.NewInbox());

        local.Sys.ActorOf<Answers>().Tell(to.Ref, from.Ref);

        await to.Expect("forwarded");
        Assert.Equal(from.Ref, to.LastSender);
    }

    [Fact]
    public async Task Null_is_no_message()
    {
        await using var local = new LocalSystem();

        Assert.Throws<InvalidMessageException>(() => local.Sys.ActorOf<Answers>().Tell(null!, ActorRefs.NoSender));
    }

    [Fact]
    public async Task Messages_of_one_sender_arrive_in_order_and_none_is_lost_between_many_senders()
    {
        const int Senders = 8;
        const int Each = 20_000;
        await using var local = new LocalSystem();
        var inbox = new TaskCompletionSource<string>();
        var actor = local.Sys.ActorOf(Props.Create<OrderChecker>(Senders, Each, inbox));

        var threads = Enumerable
            .Range(0, Senders)
            .Select(s => new Thread(() =>
            {
                for (var i = 0; i < Each; i++)
                    actor.Tell((s, i), ActorRefs.NoSender);
            }))
            .ToArray();
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());

        Assert.Equal("in order", await LocalSystem.Soon(inbox.Task));
    }

    private sealed class OrderChecker : ReceiveActor
    {
        public OrderChecker(int senders, int each, TaskCompletionSource<string> done)
        {
            var next = new int[senders];
            var left = senders * each;
            Receive<(int Sender, int Number)>(m =>
            {
                if (next[m.Sender]++ != m.Number)
                    done.TrySetResult($"sender {m.Sender}: {m.Number} came out of order");
                if (--left == 0)
                    done.TrySetResult("in order");
            });
        }
    }
}
