namespace Akka.Dispatch;

/// <summary>Room for one mailbox: its owner, a thread, puts one in, and the owner or a thief takes it out, whoever is first.</summary>
/// <remarks>
/// The owner pays no fence: it says that it is taking and then looks for a thief; the thief says that it is there, has every thread of
/// the process pass a barrier, and then looks whether the owner is taking. So at least one of them sees the other: the thief gives way,
/// the owner exchanges.
/// </remarks>
internal sealed class ParkingSlot
{
    private Mailbox? _mailbox;
    private bool _taking;
    private bool _thief;
    private int _parkings;

    public bool IsFull => Volatile.Read(ref _mailbox) is not null;

    /// <summary>Changes with every mailbox that is parked, so that a thief can tell whether it has seen this one before.</summary>
    public int Parkings => Volatile.Read(ref _parkings);

    public Thread Owner { get; } = Thread.CurrentThread;

    /// <summary>For the owner, who has taken out what was in it.</summary>
    public void Park(Mailbox mailbox)
    {
        _parkings++;
        Volatile.Write(ref _mailbox, mailbox);
    }

    /// <summary>For the owner: the mailbox, or null if there is none.</summary>
    public Mailbox? Take()
    {
        if (_mailbox is null)
            return null;
        Volatile.Write(ref _taking, true);
        Mailbox? mailbox;
        if (Volatile.Read(ref _thief))
            mailbox = Interlocked.Exchange(ref _mailbox, null);
        else
            (mailbox, _mailbox) = (_mailbox, null);
        Volatile.Write(ref _taking, false);
        return mailbox;
    }

    /// <summary>For others than the owner, one at a time: null also if the owner is about to take it.</summary>
    public Mailbox? Steal()
    {
        if (!IsFull)
            return null;
        Volatile.Write(ref _thief, true);
        Interlocked.MemoryBarrierProcessWide();
        var mailbox = Volatile.Read(ref _taking) ? null : Interlocked.Exchange(ref _mailbox, null);
        Volatile.Write(ref _thief, false);
        return mailbox;
    }
}
