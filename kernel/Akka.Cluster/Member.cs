using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster;

/// <summary>How far a member has come. It only goes on: joining, up, leaving, exiting, removed; and from each of them down, removed.</summary>
public enum MemberStatus
{
    Joining = 0,
    Up = 1,
    Leaving = 2,
    Exiting = 3,
    Down = 4,
    Removed = 5,

    /// <summary>Part of the interface only: this kernel lets nobody up without convergence.</summary>
    WeaklyUp = 6,
}

/// <summary>A system of the cluster. Immutable; equal by its incarnation.</summary>
#pragma warning disable MA0096 // The surface has no IEquatable<Member>.
public class Member : IComparable<Member>, IComparable
#pragma warning restore MA0096
{
    /// <summary>By host and port.</summary>
    public static readonly IComparer<Address> AddressOrdering = Comparer<Address>.Create(CompareAddresses);

    /// <summary>The oldest first: by the order in which they came up.</summary>
    public static readonly IComparer<Member> AgeOrdering = Comparer<Member>.Create(
        (a, b) =>
            a.Equals(b) ? 0
            : a.IsOlderThan(b) ? -1
            : 1
    );

    /// <summary>The upNumber of who is not up yet: younger than everybody.</summary>
    internal const int NotUpYet = int.MaxValue;

    internal Member(UniqueAddress uniqueAddress, int upNumber, MemberStatus status, ImmutableHashSet<string> roles) =>
        (UniqueAddress, UpNumber, Status, Roles) = (uniqueAddress, upNumber, status, roles);

    internal static Member Joining(UniqueAddress node, ImmutableHashSet<string> roles) =>
        new(node, NotUpYet, MemberStatus.Joining, roles);

    internal static Member Removed(UniqueAddress node) => new(node, NotUpYet, MemberStatus.Removed, []);

    public UniqueAddress UniqueAddress { get; }

    public Address Address => UniqueAddress.Address;

    public MemberStatus Status { get; }

    public ImmutableHashSet<string> Roles { get; }

    /// <summary>When it came up, as a number that the leader gives.</summary>
    internal int UpNumber { get; }

    public bool HasRole(string role) => Roles.Contains(role);

    public bool IsOlderThan(Member other) =>
        UpNumber != other.UpNumber ? UpNumber < other.UpNumber : AddressOrdering.Compare(Address, other.Address) < 0;

    /// <exception cref="InvalidOperationException">Nobody goes from its status to that.</exception>
    public Member Copy(MemberStatus status)
    {
        if (status == Status)
            return this;
        if (!MayBecome(Status, status))
            throw new InvalidOperationException($"Invalid member status transition {Status} -> {status} of {this}.");
        return new Member(UniqueAddress, UpNumber, status, Roles);
    }

    public Member CopyUp(int upNumber) => new Member(UniqueAddress, upNumber, Status, Roles).Copy(MemberStatus.Up);

    private static bool MayBecome(MemberStatus from, MemberStatus to) =>
        to switch
        {
            MemberStatus.Removed => true,
            MemberStatus.Down => from != MemberStatus.Removed,
            MemberStatus.WeaklyUp => from == MemberStatus.Joining,
            MemberStatus.Up => from is MemberStatus.Joining or MemberStatus.WeaklyUp,
            MemberStatus.Leaving => from is MemberStatus.Joining or MemberStatus.WeaklyUp or MemberStatus.Up,
            MemberStatus.Exiting => from == MemberStatus.Leaving,
            _ => false,
        };

    /// <summary>How far a status is on its way: of two views of a member the one further on is true.</summary>
    private static int Progress(MemberStatus status) =>
        status switch
        {
            MemberStatus.Joining => 0,
            MemberStatus.WeaklyUp => 1,
            MemberStatus.Up => 2,
            MemberStatus.Leaving => 3,
            MemberStatus.Exiting => 4,
            MemberStatus.Down => 5,
            _ => 6,
        };

    /// <summary>Of two views of one member the one that is further on.</summary>
    public static Member HighestPriorityOf(Member m1, Member m2) => PickNextTransition(m1, m2);

    /// <summary>Of two views of one member the one that is further on.</summary>
    /// <exception cref="ArgumentException">They are two members.</exception>
    public static Member PickNextTransition(Member a, Member b)
    {
        if (!a.Equals(b))
            throw new ArgumentException($"{a} and {b} are not the same member.", nameof(b));
        if (ReferenceEquals(a, b))
            return a;
        var further = Progress(a.Status) >= Progress(b.Status) ? a : b;
        var up = Math.Min(a.UpNumber, b.UpNumber);
        return further.UpNumber == up ? further : new Member(further.UniqueAddress, up, further.Status, further.Roles);
    }

    /// <summary>All members of both, each in the view that is further on.</summary>
    public static ImmutableSortedSet<Member> PickNextTransition(IEnumerable<Member> a, IEnumerable<Member> b) =>
        [.. Joined(a, b)];

    /// <summary>The same without those that are removed.</summary>
    public static ImmutableHashSet<Member> PickHighestPriority(IEnumerable<Member> a, IEnumerable<Member> b) =>
        [.. Joined(a, b).Where(m => m.Status != MemberStatus.Removed)];

    private static IEnumerable<Member> Joined(IEnumerable<Member> a, IEnumerable<Member> b) =>
        a.Concat(b).GroupBy(m => m.UniqueAddress).Select(views => views.Aggregate(PickNextTransition));

    private static int CompareAddresses(Address? a, Address? b)
    {
        if (ReferenceEquals(a, b))
            return 0;
        if (a is null || b is null)
            return a is null ? -1 : 1;
        var byHost = string.CompareOrdinal(a.Host, b.Host);
        if (byHost != 0)
            return byHost;
        var byPort = Nullable.Compare(a.Port, b.Port);
        return byPort != 0 ? byPort : Address.Comparer.Compare(a, b);
    }

    public int CompareTo(Member? other) => other is null ? 1 : UniqueAddress.CompareTo(other.UniqueAddress);

    int IComparable.CompareTo(object? obj) =>
        obj is null or Member ? CompareTo((Member?)obj) : throw new ArgumentException("Not a Member.", nameof(obj));

    public override bool Equals(object? obj) => obj is Member other && UniqueAddress.Equals(other.UniqueAddress);

    public override int GetHashCode() => UniqueAddress.GetHashCode();

    public override string ToString() => $"Member(address = {Address}, Uid={UniqueAddress.Uid}, status = {Status})";
}
