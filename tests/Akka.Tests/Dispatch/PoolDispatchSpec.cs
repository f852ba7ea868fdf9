using Akka.Actor;

namespace Akka.Tests.Dispatch;

/// <summary>A mailbox that waits in the slot of a busy thread must not wait for long, nor may its neighbours starve.</summary>
public sealed class PoolDispatchSpec
{
    /// <summary>Runs whatever it is told to, with itself as the argument.</summary>
    private sealed class Doer : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Action<IActorContext> work)
                work(Context);
        }
    }

    private static void Do(IActorRef doer, Action<IActorContext> work) => doer.Tell(work, ActorRefs.NoSender);

    private static IActorRef NewDoer(LocalSystem local, string? dispatcher = null) =>
        local.Sys.ActorOf(Props.Create<Doer>().WithDispatcher(dispatcher!));

    [Fact]
    public async Task A_handler_may_block_on_an_Ask_of_a_neighbour()
    {
        await using var local = new LocalSystem();
        var (asker, neighbour) = (NewDoer(local), NewDoer(local));
        for (var i = 0; i < 20; i++)
        {
            var answered = new TaskCompletionSource<object>();
            Do(asker, _ => answered.SetResult(neighbour.Ask<ActorIdentity>(new Identify(i)).Result.MessageId));

            Assert.Equal(i, await LocalSystem.Soon(answered.Task));
        }
    }

    [Fact]
    public async Task A_handler_that_goes_on_after_a_Tell_does_not_hold_back_the_receiver()
    {
        await using var local = new LocalSystem();
        var (sender, receiver) = (NewDoer(local), NewDoer(local));
        for (var i = 0; i < 20; i++)
        {
            var (handled, done) = (new ManualResetEventSlim(), new TaskCompletionSource());
            Do(
                sender,
                _ =>
                {
                    Do(receiver, _ => handled.Set());
                    var sum = 0L;
                    while (!handled.IsSet) // it computes: it never gives up its thread
                        sum++;
                    Assert.True(sum >= 0);
                    done.SetResult();
                }
            );

            await LocalSystem.Soon(done.Task);
        }
    }

    [Fact]
    public async Task A_row_of_actors_each_blocked_on_the_next_gets_to_its_end()
    {
        await using var local = new LocalSystem();
        var done = new TaskCompletionSource();
        var row = Enumerable.Range(0, 6).Select(_ => NewDoer(local)).ToArray();

        void Pass(int i, Action reached)
        {
            if (i == row.Length)
            {
                reached();
                return;
            }
            Do(
                row[i],
                _ =>
                {
                    using var next = new ManualResetEventSlim();
                    Pass(i + 1, next.Set);
                    next.Wait();
                    reached();
                }
            );
        }
        Pass(0, done.SetResult);

        await LocalSystem.Soon(done.Task);
    }

    [Fact]
    public async Task Whom_the_first_message_of_a_turn_woke_need_not_wait_for_the_second()
    {
        await using var local = new LocalSystem();
        var (sender, receiver) = (NewDoer(local), NewDoer(local));
        var (open, handled, done) = (new ManualResetEventSlim(), new ManualResetEventSlim(), new TaskCompletionSource());

        Do(sender, _ => open.Wait()); // both of the next are in its mailbox when its turn goes on
        Do(sender, _ => Do(receiver, _ => handled.Set()));
        Do(
            sender,
            _ =>
            {
                handled.Wait();
                done.SetResult();
            }
        );
        open.Set();

        await LocalSystem.Soon(done.Task);
    }

    [Fact]
    public async Task What_a_handler_leaves_on_its_thread_is_not_for_the_next_actor()
    {
        await using var local = new LocalSystem();
        var (sender, receiver) = (NewDoer(local), NewDoer(local));
        var ambient = new AsyncLocal<string>();
        for (var i = 0; i < 50; i++)
        {
            var seen = new TaskCompletionSource<(string?, SynchronizationContext?)>();
            Do(
                sender,
                _ =>
                {
                    ambient.Value = "sender's";
                    SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
                    Do(receiver, _ => seen.SetResult((ambient.Value, SynchronizationContext.Current)));
                }
            );

            Assert.Equal((null, null), await LocalSystem.Soon(seen.Task));
        }
    }

    /// <summary>Sends every message on for ever, to itself or to its partner.</summary>
    private sealed class Endless(Action<int> count) : UntypedActor
    {
        private int _seen;

        protected override void OnReceive(object message)
        {
            count(++_seen);
            ((IActorRef)message).Tell(Self);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Endless_neighbours_starve_nobody(bool inPairs)
    {
        const int Actors = 32;
        const int Each = 2_000;
        await using var local = new LocalSystem();
        using var all = new CountdownEvent(Actors);
        Action<int> count = seen =>
        {
            if (seen == Each)
                all.Signal();
        };
        var props = Props.Create(() => new Endless(count));
        var actors = Enumerable.Range(0, Actors).Select(_ => local.Sys.ActorOf(props)).ToArray();
        for (var i = 0; i < Actors; i++)
            actors[i].Tell(inPairs ? actors[i ^ 1] : actors[i]);

        await LocalSystem.Soon(Task.Factory.StartNew(all.Wait, TaskCreationOptions.LongRunning));
        await LocalSystem.Soon(Task.Run(() => { })); // other work of the process comes through too
    }

    private sealed record Token(int Sender, int Number, int HopsLeft);

    /// <summary>Passes tokens on in an order of its own and holds that each sender's own tokens come in order.</summary>
    private sealed class Passer(IActorRef[] ring, int me, CountdownEvent ended, Action<string> fault) : UntypedActor
    {
        private readonly Random _chance = new(me);
        private readonly Dictionary<int, int> _last = [];
        private int _sent;

        protected override void OnReceive(object message)
        {
            var token = (Token)message;
            if (token.Sender >= 0)
            {
                if (_last.GetValueOrDefault(token.Sender) >= token.Number)
                    fault($"{me} got {token} after {_last[token.Sender]}");
                _last[token.Sender] = token.Number;
            }
            if (token.HopsLeft == 0)
                ended.Signal();
            else
                ring[_chance.Next(ring.Length)].Tell(new Token(me, ++_sent, token.HopsLeft - 1));
        }
    }

    [Fact]
    public async Task Tokens_that_wander_at_random_all_arrive_and_each_senders_messages_keep_their_order()
    {
        const int Actors = 40;
        const int Tokens = 100;
        await using var local = new LocalSystem();
        var faults = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var ended = new CountdownEvent(Tokens);
        var ring = new IActorRef[Actors];
        for (var i = 0; i < Actors; i++)
        {
            var me = i;
            ring[i] = local.Sys.ActorOf(Props.Create(() => new Passer(ring, me, ended, faults.Enqueue)));
        }

        for (var i = 0; i < Tokens; i++)
            ring[i % Actors].Tell(new Token(-1, i, 5_000));

        await LocalSystem.Soon(Task.Factory.StartNew(ended.Wait, TaskCreationOptions.LongRunning));
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Between_dispatchers_nothing_is_parked()
    {
        await using var local = new LocalSystem();
        var blocking = NewDoer(local, "akka.actor.default-blocking-io-dispatcher");
        var receiver = NewDoer(local);
        var done = new TaskCompletionSource<bool>();

        Do(
            blocking,
            _ =>
            {
                Do(receiver, _ => { });
                done.SetResult(Akka.Dispatch.ActorThread.Current.Slot.IsFull);
            }
        );

        Assert.False(await LocalSystem.Soon(done.Task));
    }
}
