using Akka.Actor;
using Akka.Event;

namespace Akka.Remote.Tests;

/// <summary>A message that does not fit into a frame is an error for its sender, and nothing else suffers.</summary>
public sealed class FrameSizeSpec : RemoteSpec
{
    private const int Limit = 40_000;

    public FrameSizeSpec()
        : base($"akka.remote.dot-netty.tcp.maximum-frame-size = {Limit}b") { }

    [Fact]
    public void It_is_logged_published_and_a_dead_letter()
    {
        var (probe, seen) = ProbeOn(NewSystem());
        foreach (var type in (Type[])[typeof(DeadLetter), typeof(RemotingErrorEvent), typeof(Error)])
            Sys.EventStream.Subscribe(TestActor, type);
        var big = new byte[Limit];

        seen.Tell(big, TestActor);

        var error = ExpectMsg<Error>().Message.ToString()!;
        Assert.Contains("System.Byte[]", error, StringComparison.Ordinal);
        Assert.Contains($"maximum-frame-size is {Limit}", error, StringComparison.Ordinal);
        Assert.Matches(@"takes 40\d{3} bytes", error);
        Assert.Contains("System.Byte[]", ExpectMsg<RemotingErrorEvent>().Cause.Message, StringComparison.Ordinal);
        Assert.Same(big, ExpectMsg<DeadLetter>().Message);
        seen.Tell("small", TestActor);
        probe.ExpectMsg("small");
    }

    [Fact]
    public async Task An_ask_with_it_fails_at_once()
    {
        var (_, seen) = ProbeOn(NewSystem());

        var thrown = await Assert.ThrowsAsync<RemoteTransportException>(() => seen.Ask<string>(new byte[Limit], Patience));

        Assert.Contains("cannot be sent", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_size_between_those_that_arrive_and_those_that_fail()
    {
        var there = NewSystem("there", $"akka.remote.dot-netty.tcp.maximum-frame-size = {Limit}b");
        var (probe, seen) = ProbeOn(there);
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        Sys.EventStream.Subscribe(TestActor, typeof(DisassociatedEvent));
        var arrived = 0;

        for (var size = Limit - 250; size <= Limit; size++)
        {
            seen.Tell(new byte[size], ActorRefs.NoSender);
            seen.Tell(size, ActorRefs.NoSender);
            if (probe.ReceiveOne(Patience) is byte[] bytes)
            {
                Assert.Equal((size, true), (bytes.Length, arrived == size - (Limit - 250))); // none after the first that failed
                arrived++;
                probe.ExpectMsg(size);
            }
            else
                Assert.Equal(size, Assert.IsType<byte[]>(ExpectMsg<DeadLetter>().Message).Length);
        }
        Assert.InRange(arrived, 50, 249);
    }

    [Fact]
    public void The_limit_of_the_other_side_counts_too()
    {
        var there = NewSystem("there", "akka.remote.dot-netty.tcp.maximum-frame-size = 32000b");
        var (probe, seen) = ProbeOn(there);
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        seen.Tell(new byte[35_000], TestActor);
        seen.Tell("next", TestActor);

        Assert.IsType<byte[]>(ExpectMsg<DeadLetter>().Message);
        probe.ExpectMsg("next");
    }

    [Fact]
    public void What_its_serializer_cannot_write_is_as_loud()
    {
        var (probe, seen) = ProbeOn(NewSystem());
        Sys.EventStream.Subscribe(TestActor, typeof(RemotingErrorEvent));
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        seen.Tell(new Unwritable(), TestActor);

        Assert.Contains(nameof(Unwritable), ExpectMsg<RemotingErrorEvent>().Cause.Message, StringComparison.Ordinal);
        Assert.IsType<Unwritable>(ExpectMsg<DeadLetter>().Message);
        seen.Tell("next", TestActor);
        probe.ExpectMsg("next");
    }

    private sealed class Unwritable
    {
        public int Value => throw new InvalidOperationException("cannot be read");
    }
}
