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
        const int Rounds = 5_000_000;
        var slot = new ParkingSlot();
        Mailbox[] mailboxes = [NewMailbox(), NewMailbox()];
        var (taken, stolen, strange, over) = (0, 0, 0, false);
        var thief = new Thread(() =>
        {
            while (!Volatile.Read(ref over))
            {
                if (slot.Steal() is not null)
                    stolen++;
            }
        });
        thief.Start();

        for (var i = 0; i < Rounds; i++) // without a pause: the thief comes upon the owner in the middle of taking
        {
            var parked = mailboxes[i & 1];
            slot.Park(parked);
            if (slot.Take() is not { } mailbox)
                continue;
            taken++;
            if (mailbox != parked || slot.IsFull)
                strange++;
        }
        Volatile.Write(ref over, true);
        thief.Join();

        Assert.Equal((0, Rounds), (strange, taken + stolen));
    }
}
