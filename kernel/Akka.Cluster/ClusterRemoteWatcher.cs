using Akka.Actor;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>
/// Watches other systems as without a cluster, but leaves its members to the cluster: an actor there has terminated when the member is
/// removed, not while it is only out of reach.
/// </summary>
internal sealed class ClusterRemoteWatcher : RemoteWatcher
{
    private readonly HashSet<Address> _members = [];

    public ClusterRemoteWatcher(IRemoteActorRefProvider provider, DefaultFailureDetectorRegistry<Address> detectors)
        : base(provider, detectors) { }

    protected override bool IsWatchedElsewhere(Address address) => _members.Contains(address);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.MemberRemoved removed:
                MemberRemoved(removed);
                break;
            case ClusterEvent.IMemberEvent other:
                _members.Add(other.Member.Address);
                break;
            default:
                base.OnReceive(message);
                break;
        }
    }

    private void MemberRemoved(ClusterEvent.MemberRemoved removed)
    {
        var member = removed.Member;
        if (!_members.Remove(member.Address))
            return;
        if (removed.PreviousStatus == MemberStatus.Down)
            Quarantine(member.Address, member.UniqueAddress.Uid);
        PublishAddressTerminated(member.Address);
    }
}
