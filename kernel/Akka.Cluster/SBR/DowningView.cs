using System.Collections.Immutable;
using Akka.Cluster.Membership;

namespace Akka.Cluster.SBR;

/// <summary>The two sides of a split as one node sees them.</summary>
/// <remarks>
/// The sides may differ in what they know: at most one decision of a leader fell between the last common version and the split. So that
/// never both sides live on, this side counts only who surely is a full member (up or leaving), and the other side whoever may be one
/// there: also who is joining, exiting or down here. Each side then takes itself for at most as large as the other side takes it for.
/// Only the leader of the whole cluster knows that nobody else has let a joining member up.
/// </remarks>
/// <param name="ThisSide">Reachable members that are up or leaving.</param>
/// <param name="OtherSide">Members out of reach that may be full members there.</param>
/// <param name="Unreachable">All members out of reach.</param>
/// <param name="Reachable">All reachable members, this node with them.</param>
/// <param name="IndirectlyConnected">
/// Members that cannot reach each other but both still gossip with this node: no split, but a broken link between two.
/// </param>
internal sealed record DowningView(
    ImmutableArray<Member> ThisSide,
    ImmutableArray<Member> OtherSide,
    ImmutableArray<Member> Unreachable,
    ImmutableArray<Member> Reachable,
    ImmutableHashSet<UniqueAddress> IndirectlyConnected
)
{
    public static DowningView Of(MembershipState state)
    {
        var members = state.Gossip.Members;
        var indirect = Indirect(state);
        var lost = members.Where(m => !state.IsReachable(m) && !indirect.Contains(m.UniqueAddress)).ToList();
        var leads = members.FirstOrDefault(m => m.UpNumber != Member.NotUpYet)?.UniqueAddress.Equals(state.Self) == true;
        var other = leads ? lost.Where(m => m.Status != MemberStatus.Joining) : lost;
        var reachable = members.Where(state.IsReachable);
        var own = reachable.Where(m =>
            m.Status is MemberStatus.Up or MemberStatus.Leaving && !indirect.Contains(m.UniqueAddress)
        );
        return new DowningView([.. own], [.. other], [.. lost], [.. reachable], indirect);
    }

    // Whoever has seen the version in which it is marked as unreachable still gossips; so does who marked it, if that one is reachable
    // or has seen it too.
    private static ImmutableHashSet<UniqueAddress> Indirect(MembershipState state)
    {
        var indirect = ImmutableHashSet.CreateBuilder<UniqueAddress>();
        foreach (var (observer, row) in state.Gossip.Reachability.Rows)
        {
            if (row.Unreachable.IsEmpty || state.Gossip.Find(observer) is null or { Status: MemberStatus.Down })
                continue;
            foreach (var subject in row.Unreachable)
            {
                if (state.Gossip.Find(subject) is { Status: MemberStatus.Down or MemberStatus.Exiting } or null)
                    continue;
                if (state.Gossip.Seen.Contains(subject) && state.Gossip.Seen.Contains(observer))
                {
                    indirect.Add(subject);
                    indirect.Add(observer);
                }
            }
        }
        return indirect.ToImmutable();
    }

    public bool IsSplit => Unreachable.Any(m => m.Status is not (MemberStatus.Down or MemberStatus.Exiting));
}
