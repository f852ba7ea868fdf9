using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>Joining: by the address of a member, or by seed nodes, of which the first may found the cluster.</summary>
internal sealed partial class MembershipNode
{
    private readonly HashSet<Address> _nacks = [];
    private ImmutableList<Address> _seeds = [];
    private TimeSpan _seedsSince;
    private TimeSpan _roundSince;
    private Address? _target;
    private TimeSpan _targetSince;

    /// <summary>Called once when no seed node has let it in for as long as the settings allow.</summary>
    public Action? JoinFailed { get; init; }

    private bool IsFirstSeed => Self.Address.Equals(_seeds[0]);

    private IEnumerable<Address> OtherSeeds => _seeds.Where(s => !s.Equals(Self.Address));

    /// <summary>Joins the cluster of a member; its own address founds one. Nothing happens if it is a member already.</summary>
    public void JoinTo(Address address)
    {
        if (_stopped || IsMember)
            return;
        _seeds = [];
        Ask(address);
    }

    /// <summary>Joins whichever seed node is a member. The first of the list founds a cluster when no other one is.</summary>
    public void JoinSeeds(IEnumerable<Address> seeds)
    {
        if (_stopped || IsMember)
            return;
        _seeds = [.. seeds.Distinct()];
        _seedsSince = _world.Now;
        if (_seeds.Count > 0)
            AskSeeds();
    }

    private void AskSeeds()
    {
        _target = null;
        _nacks.Clear();
        _roundSince = _world.Now;
        if (!OtherSeeds.Any())
            Ask(Self.Address);
        foreach (var seed in OtherSeeds)
            _world.Send(seed, new InitJoin(Self));
    }

    private void Ask(Address address)
    {
        (_target, _targetSince) = (address, _world.Now);
        if (address.Equals(Self.Address))
            Found();
        else
            _world.Send(address, new Join(Self, _roles));
    }

    private void Found()
    {
        _target = null;
        Change(Gossip.Empty.Put(Member.Joining(Self, _roles)));
        LeaderTick(); // alone it agrees with itself
    }

    /// <summary>Every second or so until it is a member: asks again.</summary>
    public void JoinTick()
    {
        if (_stopped || IsMember)
            return;
        var now = _world.Now;
        if (_seeds.Count > 0 && _settings.GiveUpJoiningSeedsAfter is { } limit && now - _seedsSince >= limit)
        {
            (_seeds, _target) = ([], null);
            JoinFailed?.Invoke();
        }
        else if (_target is { } target)
            AskAgain(target, now);
        else if (_seeds.Count > 0)
            AskSeedsAgain(now);
    }

    private void AskAgain(Address target, TimeSpan now)
    {
        if (_settings.RetryUnsuccessfulJoinAfter is not { } after || now - _targetSince < after)
            return;
        if (_seeds.Count > 0)
            AskSeeds(); // the one that was asked may be gone: whoever answers now
        else
            Ask(target);
    }

    private void AskSeedsAgain(TimeSpan now)
    {
        if (IsFirstSeed && now - _roundSince >= _settings.SeedNodeTimeout)
            Ask(Self.Address);
        else if (IsFirstSeed)
            foreach (var seed in OtherSeeds)
                _world.Send(seed, new InitJoin(Self));
        else if (now - _roundSince >= _settings.SeedNodeTimeout)
            AskSeeds();
    }

    private void ReceiveInitJoin(InitJoin init)
    {
        var letsIn = State.SelfMember is { Status: MemberStatus.Joining or MemberStatus.Up or MemberStatus.Leaving };
        _world.Send(init.From.Address, letsIn ? new InitJoinAck(Self) : new InitJoinNack(Self));
    }

    private void ReceiveInitJoinAck(InitJoinAck ack)
    {
        if (!IsMember && _target is null && _seeds.Contains(ack.From.Address))
            Ask(ack.From.Address);
    }

    private void ReceiveInitJoinNack(InitJoinNack nack)
    {
        if (IsMember || _target is not null || _seeds.Count == 0 || !IsFirstSeed || !_seeds.Contains(nack.From.Address))
            return;
        _nacks.Add(nack.From.Address);
        if (OtherSeeds.All(_nacks.Contains)) // all are there, and none is a member
            Ask(Self.Address);
    }

    private void ReceiveJoin(Join join)
    {
        var gossip = State.Gossip;
        if (State.SelfMember is not { Status: MemberStatus.Joining or MemberStatus.Up or MemberStatus.Leaving })
            return;
        if (gossip.Tombstones.ContainsKey(join.From) || join.From.Equals(Self))
            return; // who was removed has to start anew
        if (gossip.Find(join.From.Address) is not { } known)
            Change(gossip.Put(Member.Joining(join.From, join.Roles)));
        else if (!known.UniqueAddress.Equals(join.From))
        {
            Down(known.Address); // an incarnation before it, which cannot live any more; it asks again when that one is removed
            return;
        }
        _world.Send(join.From.Address, new Welcome(Self, State.Gossip));
    }

    private void ReceiveWelcome(Welcome welcome)
    {
        if (IsMember || !welcome.From.Address.Equals(_target) || !welcome.Gossip.Has(Self))
            return;
        (_target, _seeds) = (null, []);
        Adopt(welcome.Gossip.SeenBy(Self), spread: false);
        SendGossip(welcome.From);
    }
}
