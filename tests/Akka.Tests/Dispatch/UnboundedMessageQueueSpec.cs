using Akka.Actor;
using Akka.Dispatch.MessageQueues;

namespace Akka.Tests.Dispatch;

public sealed class UnboundedMessageQueueSpec
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(100_000)]
    public void It_gives_back_what_it_took_in_order(int count)
    {
        var queue = new UnboundedMessageQueue();
        for (var i = 0; i < count; i++)
            queue.Enqueue(ActorRefs.Nobody, new Envelope(i, ActorRefs.Nobody));
        Assert.Equal(count, queue.Count);
        Assert.Equal(count > 0, queue.HasMessages);

        for (var i = 0; i < count; i++)
        {
            Assert.True(queue.TryDequeue(out var envelope));
            Assert.Equal(i, envelope.Message);
        }
        Assert.False(queue.TryDequeue(out _));
        Assert.False(queue.HasMessages);
        Assert.Equal(0, queue.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_mix_of_adding_and_taking_keeps_the_order(int seed)
    {
        var chance = new Random(seed);
        var queue = new UnboundedMessageQueue();
        int added = 0,
            taken = 0;
        for (var step = 0; step < 200_000; step++)
        {
            if (chance.Next(100) < (step / 1000 % 2 == 0 ? 60 : 40))
                queue.Enqueue(ActorRefs.Nobody, new Envelope(added++, ActorRefs.NoSender));
            else if (queue.TryDequeue(out var envelope))
                Assert.Equal(taken++, envelope.Message);
            else
                Assert.Equal(added, taken);
        }
        Assert.Equal(added - taken, queue.Count);
    }

    [Fact]
    public void Many_producers_and_one_consumer_lose_nothing()
    {
        const int Producers = 4;
        const int Each = 100_000;
        var queue = new UnboundedMessageQueue();
        var threads = Enumerable
            .Range(0, Producers)
            .Select(p => new Thread(() =>
            {
                for (var i = 0; i < Each; i++)
                    queue.Enqueue(ActorRefs.Nobody, new Envelope((p, i), ActorRefs.NoSender));
            }))
            .ToArray();
        Array.ForEach(threads, t => t.Start());

        var next = new int[Producers];
        for (var taken = 0; taken < Producers * Each; )
        {
            if (!queue.TryDequeue(out var envelope))
            {
                Thread.Yield();
                continue;
            }
            var (producer, number) = ((int, int))envelope.Message;
            Assert.Equal(next[producer]++, number);
            taken++;
        }
        Assert.False(queue.HasMessages);
        Array.ForEach(threads, t => t.Join());
    }
}
