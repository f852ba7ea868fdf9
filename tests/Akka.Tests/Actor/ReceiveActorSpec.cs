using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Actor;

public sealed class ReceiveActorSpec
{
    private sealed class Declared(Action<Declared, IActorRef> declare, IActorRef log) : ReceiveActor
    {
        protected override void PreStart() => Become(() => declare(this, log));

        public void On<T>(Action<T> handler, Predicate<T>? when = null) => Receive(handler, when);

        public void When<T>(Predicate<T> when, Action<T> handler) => Receive(when, handler);

        public void Try<T>(Func<T, bool> handler) => Receive(handler);

        public void OnType(Type type, Action<object> handler, Predicate<object>? when = null) => Receive(type, handler, when);

        public void Any(Action<object> handler) => ReceiveAny(handler);
    }

    private static async Task<LocalSystem.Inbox> Heard(
        LocalSystem local,
        Action<Declared, IActorRef> declare,
        params object[] messages
    )
    {
        var log = local.NewInbox();
        local.Sys.EventStream.Subscribe(log.Ref, typeof(UnhandledMessage));
        var actor = local.Sys.ActorOf(Props.Create<Declared>(declare, log.Ref));
        Array.ForEach(messages, actor.Tell);
        await LocalSystem.Soon(actor.Ask<ActorIdentity>(new Identify(1)));
        return log;
    }

    [Fact]
    public async Task The_first_handler_that_wants_a_message_gets_it_and_no_other()
    {
        await using var local = new LocalSystem();
        var log = await Heard(
            local,
            (a, to) =>
            {
                a.On<string>(m => to.Tell("long " + m), m => m.Length > 3);
                a.When<string>(m => m.Length > 1, m => to.Tell("short " + m));
                a.Try<string>(m => m == "x" && Told(to, "func x"));
                a.OnType(typeof(Exception), m => to.Tell("fault " + ((Exception)m).Message), m => m is not TimeoutException);
                a.On<IComparable>(m => to.Tell($"comparable {m}"));
                a.Any(m => to.Tell("any " + m.GetType().Name));
            },
            "abcd",
            "abc",
            "x",
            "y",
            new InvalidOperationException("e"),
            new TimeoutException(),
            1
        );

        await log.Expect("long abcd", "short abc", "func x", "comparable y", "fault e", "any TimeoutException", "comparable 1");
    }

    private static bool Told(IActorRef to, string text)
    {
        to.Tell(text);
        return true;
    }

    [Fact]
    public async Task A_message_that_nobody_wants_is_unhandled()
    {
        await using var local = new LocalSystem();
        var log = await Heard(
            local,
            (a, _) =>
            {
                a.On<string>(_ => { }, m => m == "wanted");
                a.Try<int>(_ => false);
            },
            "unwanted",
            1
        );

        Assert.Equal("unwanted", (await log.Expect<UnhandledMessage>()).Message);
        Assert.Equal(1, (await log.Expect<UnhandledMessage>()).Message);
    }

    [Fact]
    public async Task After_a_handler_of_everything_no_other_can_be_declared()
    {
        await using var local = new LocalSystem();
        var log = await Heard(
            local,
            (a, to) =>
            {
                a.Any(m => to.Tell(m));
                to.Tell(Record.Exception(() => a.On<string>(_ => { }))!.GetType());
                to.Tell(Record.Exception(() => a.Any(_ => { }))!.GetType());
            },
            "m"
        );

        await log.Expect(typeof(InvalidOperationException), typeof(InvalidOperationException), "m");
    }

    [Fact]
    public async Task Handlers_are_declared_in_the_constructor_or_in_Become_and_nowhere_else()
    {
        await using var local = new LocalSystem();
        var log = await Heard(
            local,
            (a, to) => a.On<string>(_ => to.Tell(Record.Exception(() => a.On<int>(_ => { }))!.GetType())),
            "late"
        );

        await log.Expect(typeof(InvalidOperationException));
    }

    [Fact]
    public async Task Asynchronous_handlers_are_chosen_by_the_same_rules_and_keep_their_order()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        var actor = local.Sys.ActorOf(Props.Create(() => new Asynchronous(log.Ref)));

        foreach (var message in (object[])["slow", 1, 2.5, "quick"])
            actor.Tell(message);

        await log.Expect("slow", "type Int32", "any 2.5", "quick");
    }

    private sealed class Asynchronous : ReceiveActor
    {
        public Asynchronous(IActorRef log)
        {
            ReceiveAsync<string>(
                async m =>
                {
                    await Task.Yield();
                    log.Tell(m);
                },
                m => m == "slow"
            );
            ReceiveAsync<string>(
                m => m == "quick",
                m =>
                {
                    log.Tell(m);
                    return Task.CompletedTask;
                }
            );
            ReceiveAsync(
                typeof(int),
                async m =>
                {
                    await Task.Yield();
                    log.Tell("type " + m.GetType().Name);
                }
            );
            ReceiveAnyAsync(async m =>
            {
                await Task.Yield();
                log.Tell(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"any {m}"));
            });
        }
    }
}
