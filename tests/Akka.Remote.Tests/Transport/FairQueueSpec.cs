using Akka.Remote.Transport;
using Akka.Remote.Wire;

namespace Akka.Remote.Tests.Transport;

/// <summary>Order within a receiver, turns between receivers.</summary>
public sealed class FairQueueSpec
{
    private static Outgoing Frame(string recipient, int payload, int serializer = 0) =>
        new(null!, "", null, new Parcel { Recipient = recipient, Serializer = serializer }, new byte[payload]);

    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5, 6, 7, 8];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nothing_is_lost_made_or_reordered_within_a_flow(int seed)
    {
        var dice = new Random(seed);
        var queue = new FairQueue();
        var expected = new Dictionary<string, Queue<Outgoing>>();
        var bytes = 0L;
        for (var step = 0; step < 5000; step++)
        {
            if (dice.Next(100) < 55)
            {
                var frame = Frame("r" + dice.Next(6), dice.Next(4) == 0 ? dice.Next(200_000) : dice.Next(200));
                queue.Add(frame);
                if (!expected.TryGetValue(frame.Flow, out var flow))
                    expected.Add(frame.Flow, flow = new Queue<Outgoing>());
                flow.Enqueue(frame);
                bytes += frame.Size;
            }
            else if (dice.Next(200) == 0)
            {
                var key = "r" + dice.Next(6);
                queue.Drop(key);
                if (expected.Remove(key, out var dropped))
                    bytes -= dropped.Sum(f => (long)f.Size);
            }
            else if (queue.TryTake(out var taken))
            {
                Assert.Same(expected[taken.Flow].Dequeue(), taken);
                bytes -= taken.Size;
            }
            Assert.Equal(bytes, queue.Bytes);
            Assert.Equal(expected.Values.All(f => f.Count == 0), queue.IsEmpty);
            foreach (var (key, flow) in expected)
                Assert.Equal(flow.Sum(f => (long)f.Size), queue.BytesOf(key));
        }
        Assert.Equal(expected.Values.Sum(f => f.Count), queue.Clear().Count);
        Assert.Equal((0, true), (queue.Bytes, queue.IsEmpty));
    }

    [Fact]
    public void A_small_message_waits_for_a_turn_of_each_other_flow_at_most()
    {
        var queue = new FairQueue();
        for (var i = 0; i < 100; i++)
            queue.Add(Frame("flood", 60_000));
        queue.Add(Frame("quiet", 100));

        var before = 0;
        while (queue.TryTake(out var frame) && frame.Flow != "quiet")
            before++;

        Assert.InRange(before, 0, 3);
    }

    [Fact]
    public void Flows_share_by_bytes_not_by_messages()
    {
        var queue = new FairQueue();
        for (var i = 0; i < 50; i++)
            queue.Add(Frame("large", 60_000));
        for (var i = 0; i < 5000; i++)
            queue.Add(Frame("small", 600));

        var taken = new Dictionary<string, long> { ["large"] = 0, ["small"] = 0 };
        for (var sum = 0L; sum < 2_000_000; )
        {
            Assert.True(queue.TryTake(out var frame));
            taken[frame.Flow] += frame.Size;
            sum += frame.Size;
        }

        Assert.InRange(taken["large"] / (double)taken["small"], 0.8, 1.25);
    }
}
