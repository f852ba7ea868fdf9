using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Xunit.Sdk;
using static Akka.TestKit.Tests.Clocks;

namespace Akka.TestKit.Tests;

/// <summary>Log events that a test expects, on virtual time: a missing one costs no waiting.</summary>
public sealed class EventFilterSpec() : Xunit2.TestKit(Virtual("akka.loglevel = DEBUG"))
{
    private static string FailureOf(Action code) => Assert.ThrowsAny<XunitException>(code).Message;

    [Fact]
    public void Each_level_has_its_filter()
    {
        EventFilter.Debug("d").ExpectOne(() => Log.Debug("d"));
        EventFilter.Info("i").ExpectOne(() => Log.Info("i"));
        EventFilter.Warning("w").ExpectOne(() => Log.Warning("w"));
        EventFilter.Error("e").ExpectOne(() => Log.Error("e"));
        foreach (var level in Enum.GetValues<LogLevel>().Where(l => l != Logging.LogLevelFor("OFF")))
            EventFilter.ForLogLevel(level, "x").ExpectOne(() => Log.Log(level, "x"));
        FailureOf(() => EventFilter.Error("w").ExpectOne(Seconds(1), () => Log.Warning("w")));
    }

    [Fact]
    public void A_message_matches_as_a_whole_by_its_start_by_a_part_or_by_a_pattern()
    {
        void Say() => Log.Info("lost {0} shards", 3);
        EventFilter.Info("lost 3 shards").ExpectOne(Say);
        EventFilter.Info(start: "lost 3").ExpectOne(Say);
        EventFilter.Info(contains: "3 sh").ExpectOne(Say);
        EventFilter.Info(new Regex("^lost [0-9]+")).ExpectOne(Say);
        FailureOf(() => EventFilter.Info("lost 3").ExpectOne(Seconds(1), Say));
        FailureOf(() => EventFilter.Info(start: "3").ExpectOne(Seconds(1), Say));
        FailureOf(() => EventFilter.Info(contains: "four").ExpectOne(Seconds(1), Say));
        FailureOf(() => EventFilter.Info(new Regex("^3")).ExpectOne(Seconds(1), Say));
        Assert.Throws<ArgumentException>(() => EventFilter.Info("a", start: "b"));
    }

    [Fact]
    public void A_source_is_a_path_with_or_without_its_address()
    {
        var noisy = ActorOf(Props.Create<Noisy>(), "noisy");
        EventFilter.Info("hello", source: noisy.Path.ToString()).ExpectOne(() => noisy.Tell("hello"));
        EventFilter.Info("hello", source: "/user/noisy").ExpectOne(() => noisy.Tell("hello"));
        FailureOf(() => EventFilter.Info("hello", source: "/user/other").ExpectOne(Seconds(1), () => noisy.Tell("hello")));
    }

    [Fact]
    public void An_exception_matches_by_its_type_and_by_either_message()
    {
        void Fail() => Log.Error(new InvalidOperationException("no disk"), "save failed");
        EventFilter.Exception<InvalidOperationException>().ExpectOne(Fail);
        EventFilter.Exception<Exception>("no disk").ExpectOne(Fail);
        EventFilter.Exception<Exception>("save failed").ExpectOne(Fail);
        EventFilter.Exception<Exception>(new Regex("disk$")).ExpectOne(Fail);
        FailureOf(() => EventFilter.Exception<ArgumentException>().ExpectOne(Seconds(1), Fail));
        FailureOf(() => EventFilter.Exception<Exception>("other").ExpectOne(Seconds(1), Fail));
        FailureOf(() => EventFilter.Exception<Exception>().ExpectOne(Seconds(1), () => Log.Error("no exception")));
    }

    [Fact]
    public void An_inner_exception_matches_when_asked_for()
    {
        var inner = new AggregateException(new NotSupportedException("deep"));
        void Fail() => Log.Error(new InvalidOperationException("outer", inner), "failed");
        EventFilter.Exception(typeof(NotSupportedException), "deep", checkInnerExceptions: true).ExpectOne(Fail);
        FailureOf(() => EventFilter.Exception(typeof(NotSupportedException), "deep").ExpectOne(Seconds(1), Fail));
    }

    [Fact]
    public void The_failure_of_an_actor_is_an_exception_with_its_path()
    {
        var fragile = ActorOf(Props.Create<Fragile>(), "fragile");
        EventFilter
            .Exception<InvalidOperationException>("broken", source: fragile.Path.ToString())
            .ExpectOne(() => fragile.Tell("break"));
    }

    [Fact]
    public void Dead_letters_match_by_type_content_and_recipient()
    {
        var gone = ActorOf(Props.Create<Echo>(), "gone");
        Watch(gone);
        Sys.Stop(gone);
        ExpectTerminated(gone);
        EventFilter.DeadLetter().ExpectOne(() => gone.Tell(1));
        EventFilter.DeadLetter<int>().ExpectOne(() => gone.Tell(1));
        EventFilter.DeadLetter<int>(i => i == 2, "/user/gone").ExpectOne(() => gone.Tell(2));
        EventFilter.DeadLetter(typeof(string), o => o is "x").ExpectOne(() => gone.Tell("x"));
        FailureOf(() => EventFilter.DeadLetter<string>().ExpectOne(Seconds(1), () => gone.Tell(1)));
        FailureOf(() => EventFilter.DeadLetter<int>("/user/other").ExpectOne(Seconds(1), () => gone.Tell(1)));
    }

    [Fact]
    public void A_custom_filter_decides_by_the_event()
    {
        EventFilter.Custom(e => e.LogLevel() == LogLevel.WarningLevel).ExpectOne(() => Log.Warning("x"));
        EventFilter
            .Custom<Error>(e => e.Cause is NotSupportedException)
            .ExpectOne(() => Log.Error(new NotSupportedException(), "x"));
        FailureOf(() => EventFilter.Custom<Error>(_ => true).ExpectOne(Seconds(1), () => Log.Warning("x")));
    }

    [Fact]
    public void Too_few_and_too_many_events_fail_with_those_that_came()
    {
        void Twice()
        {
            Log.Error("first e");
            Log.Error("second e");
        }
        EventFilter.Error(contains: "e").Expect(2, Twice);
        var few = FailureOf(() => EventFilter.Error(contains: "e").Expect(3, Seconds(1), Twice));
        Assert.Contains("Expected 3 events, but 2 came within 00:00:01: Error with a message containing \"e\".", few);
        Assert.Contains("second e", few);
        var many = FailureOf(() => EventFilter.Error(contains: "e").ExpectOne(Twice));
        Assert.Contains("Expected 1 events, but 2 came", many);
        var none = FailureOf(() => EventFilter.Error(contains: "e").Expect(0, Twice));
        Assert.Contains("Expected 0 events, but 2 came", none);
        EventFilter.Warning().Expect(0, Twice);
    }

    [Fact]
    public void None_is_waited_for_as_long_as_the_test_says()
    {
        var start = Now;
        EventFilter.Error().Expect(0, Seconds(10), () => { });
        Assert.Equal(Seconds(10), Now - start);
        void Later() => Sys.Scheduler.Advanced.ScheduleOnce(Seconds(5), () => Log.Error("late"));
        FailureOf(() => EventFilter.Error().Expect(0, Seconds(10), Later));
        EventFilter.Error("late").ExpectOne(Seconds(10), Later);
    }

    [Fact]
    public void The_result_or_the_exception_of_the_code_comes_back()
    {
        Assert.Equal(
            7,
            EventFilter
                .Info("x")
                .ExpectOne(() =>
                {
                    Log.Info("x");
                    return 7;
                })
        );
        Assert.Throws<NotSupportedException>(() => EventFilter.Info("x").ExpectOne(() => throw new NotSupportedException()));
    }

    [Fact]
    public async Task Asynchronous_code_is_awaited()
    {
        await EventFilter
            .Info("x")
            .ExpectOneAsync(async () =>
            {
                await Task.Yield();
                Log.Info("x");
            });
        Assert.Equal(
            7,
            await EventFilter
                .Info("x")
                .ExpectAsync(
                    1,
                    async () =>
                    {
                        await Task.Yield();
                        Log.Info("x");
                        return 7;
                    }
                )
        );
        await Assert.ThrowsAnyAsync<XunitException>(() =>
            EventFilter.Info("x").ExpectOneAsync(Seconds(1), () => Task.CompletedTask)
        );
        Assert.Equal(7, await EventFilter.Info("x").MuteAsync(() => Task.FromResult(7)));
    }

    [Fact]
    public void And_adds_a_filter_and_an_event_counts_once() =>
        EventFilter
            .Info(contains: "a")
            .And.Warning("b")
            .Expect(
                2,
                () =>
                {
                    Log.Info("a");
                    Log.Warning("b");
                    Log.Warning("c");
                }
            );

    [Fact]
    public void A_system_without_the_listener_is_named_as_the_reason()
    {
        using var deaf = ActorSystem.Create("deaf", Virtual("akka { loggers = [], stdout-loglevel = OFF }"));
        var failure = FailureOf(() => CreateEventFilter(deaf).Error().ExpectOne(Seconds(1), () => deaf.Log.Error("x")));
        Assert.Contains("TestEventListener is not among akka.loggers", failure);
    }

    private sealed class Noisy : UntypedActor
    {
        private readonly ILoggingAdapter _log = Context.GetLogger();

        protected override void OnReceive(object message) => _log.Info($"{message}");
    }
}
