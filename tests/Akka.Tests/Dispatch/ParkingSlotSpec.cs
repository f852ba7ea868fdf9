using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Akka.Tests.Dispatch;

public sealed class ParkingSlotSpec
{
    private static Mailbox NewMailbox() => new(new UnboundedMessageQueue());

    [Fact]
    public void What_is_parked_is_taken_or_stolen_once()
    {
        var slot = new ParkingSlot();
        var (first, second) = (NewMailbox(), NewMailbox());

        Assert.Null(slot.Take());
        Assert.Null(slot.Steal());
        slot.Park(first);
        Assert.Same(first, slot.Take());
        Assert.Null(slot.Steal());
        slot.Park(second);
        Assert.Same(second, slot.Steal());
        Assert.Null(slot.Take());
        Assert.Equal(2, slot.Parkings);
    }

    [Fact]
    public void Between_owner_and_thief_nothing_is_lost_and_nothing_comes_twice()
    {
        const int Rounds = 200_000;
        var slot = new ParkingSlot();
        var mailboxes = Enumerable.Range(0, 64).Select(_ => NewMailbox()).ToArray();
        var stolen = new Dictionary<Mailbox, int>();
        var over = false;
        var thief = new Thread(() =>
        {
            while (!Volatile.Read(ref over))
            {
                if (slot.Steal() is { } mailbox)
                    stolen[mailbox] = stolen.GetValueOrDefault(mailbox) + 1;
            }
        });
        thief.Start();
        var taken = new Dictionary<Mailbox, int>();

        for (var i = 0; i < Rounds; i++)
        {
            slot.Park(mailboxes[i % mailboxes.Length]);
            Thread.SpinWait(i % 32);
            if (slot.Take() is { } mailbox)
                taken[mailbox] = taken.GetValueOrDefault(mailbox) + 1;
            Assert.False(slot.IsFull);
        }
        Volatile.Write(ref over, true);
        thief.Join();

        var seen = mailboxes.Select(m => taken.GetValueOrDefault(m) + stolen.GetValueOrDefault(m));
        Assert.All(seen, n => Assert.Equal(Rounds / mailboxes.Length, n));
    }
}
