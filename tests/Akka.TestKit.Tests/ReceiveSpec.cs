using System.Collections;
using Akka.Actor;
using Xunit.Sdk;
using static Akka.TestKit.Tests.Clocks;

namespace Akka.TestKit.Tests;

/// <summary>Messages taken without an expectation of each, on virtual time.</summary>
public sealed class ReceiveSpec() : Xunit2.TestKit(Virtual())
{
    private static string FailureOf(Action code) => Assert.ThrowsAny<XunitException>(code).Message;

    private void Tell(params object[] messages)
    {
        foreach (var message in messages)
            TestActor.Tell(message, TestActor);
    }

    [Fact]
    public void ReceiveOne_gives_the_next_message_or_null()
    {
        Tell("a");
        Assert.True(HasMessages);
        Assert.Equal("a", ReceiveOne());
        Assert.Equal(("a", TestActor), ((string)LastMessage!, LastSender));
        Assert.False(HasMessages);
        var start = Now;
        Assert.Null(ReceiveOne(Seconds(2)));
        Assert.Null(ReceiveOne(TimeSpan.Zero));
        Assert.Equal(Seconds(2), Now - start);
        Assert.Null(LastMessage);
    }

    [Fact]
    public void ReceiveOne_with_an_infinite_wait_waits_for_any_message()
    {
        this.After(1_000_000, "late");
        Assert.Equal("late", ReceiveOne(Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task The_envelope_has_message_and_sender_and_peeking_leaves_it()
    {
        Tell(1, 2);
        Assert.Equal(1, PeekOne());
        Assert.True(TryPeekOne(out var seen, null, default));
        Assert.Equal((1, TestActor), ((int)seen.Message!, seen.Sender));
        Assert.True(TryReceiveOne(out var taken));
        Assert.Equal(1, taken.Message);
        Assert.Equal(2, await PeekOneAsync());
        Assert.Equal((true, 2), await TryReceiveOneAsync(null) is var (got, envelope) ? (got, (int)envelope!.Message!) : default);
        Assert.False(TryReceiveOne(out _, Seconds(1)));
        Assert.False(TryPeekOne(out _, Seconds(1), default));
        Assert.Null(await ReceiveOneAsync(Seconds(1)));
    }

    [Fact]
    public void ReceiveN_gives_so_many_messages_in_their_order()
    {
        Tell(1, "b", 3);
        Assert.Equal(new object[] { 1, "b" }, ReceiveN(2));
        Assert.Equal(new object[] { 3 }, ReceiveN(1, Seconds(1)));
        Assert.Empty(ReceiveN(0));
    }

    [Fact]
    public void ReceiveN_fails_when_fewer_come_in_the_time_for_all()
    {
        Tell("a", "b");
        Assert.Contains("Timeout (00:00:05) while expecting 3 messages: only 2 came.", FailureOf(() => ReceiveN(3, Seconds(5))));
    }

    [Fact]
    public async Task ReceiveN_has_an_asynchronous_form()
    {
        Tell(1, 2);
        Assert.Equal(new object[] { 1, 2 }, await ReceiveNAsync(2).ToListAsync());
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ReceiveNAsync(1, Seconds(1)).ToListAsync());
    }

    [Fact]
    public void ReceiveWhile_takes_what_pleases_and_leaves_the_first_that_does_not()
    {
        Tell("a", "b", 3, "c");
        Assert.Equal(["A", "B"], ReceiveWhile(Seconds(1), message => (message as string)?.ToUpperInvariant()));
        ExpectMsg(3);
        ExpectMsg("c");
    }

    [Fact]
    public void ReceiveWhile_ends_by_number_by_idleness_or_by_the_maximum()
    {
        Tell("a", "b", "c");
        Assert.Equal(["a", "b"], ReceiveWhile(Seconds(1), message => message as string, msgs: 2));
        ExpectMsg("c");
        Tell("d", "e");
        var start = Now;
        Assert.Equal(["d", "e"], ReceiveWhile(Seconds(60), Seconds(2), message => message as string));
        Assert.Equal(Seconds(2), Now - start);
        Tell("f");
        Assert.Equal(["f"], ReceiveWhile(Seconds(3), Seconds(60), message => message as string));
        Assert.Equal(Seconds(5), Now - start);
    }

    [Fact]
    public void ReceiveWhile_by_type_drops_other_types_or_ends_with_them()
    {
        Tell("a", 1, "b", "stop", 2);
        Assert.Equal(["a", "b"], ReceiveWhile<string>(word => word != "stop"));
        ExpectMsg("stop");
        Tell("c");
        Assert.Empty(ReceiveWhile<string>(_ => true, shouldIgnoreOtherMessageTypes: false));
        ExpectMsg(2);
        ExpectMsg("c");
    }

    [Fact]
    public async Task ReceiveWhile_has_an_asynchronous_form()
    {
        Tell("a", "b", 3);
        Assert.Equal(["a", "b"], await ReceiveWhileAsync(message => message as string).ToListAsync());
        ExpectMsg(3);
    }

    [Fact]
    public async Task Fishing_drops_what_is_not_meant_and_can_keep_it()
    {
        Tell(1, "a", 2, 3);
        Assert.Equal(2, FishForMessage<int>(i => i > 1));
        Assert.Equal(3, FishForMessage(message => message is 3));
        Tell("x", 1, "y", 2, 3, 4);
        var others = new ArrayList { "old" };
        Assert.Equal(2, FishForMessage<int>(i => i == 2, others));
        Assert.Equal(new ArrayList { "x", 1, "y" }, others);
        await FishUntilMessageAsync<int>();
        Assert.Equal(4, await FishForMessageAsync<int>(_ => true));
    }

    [Fact]
    public void Fishing_in_vain_fails_and_says_for_what()
    {
        Tell("a", "b");
        Assert.Contains(
            "Timeout (00:00:05) while fishing for a System.Int32 (answer); 2 other messages came.",
            FailureOf(() => FishForMessage<int>(_ => true, Seconds(5), "answer"))
        );
    }

    [Fact]
    public void All_of_several_messages_share_one_time()
    {
        Tell(2, 1);
        Assert.Contains(
            "Timeout (00:00:05) while expecting 3 messages; these did not come: <6>.",
            FailureOf(() => ExpectMsgAllOf(Seconds(5), 1, 2, 6))
        );
    }
}

internal static class AsyncSequence
{
    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> sequence)
    {
        var all = new List<T>();
        await foreach (var item in sequence)
            all.Add(item);
        return all;
    }
}
