using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.SBR;

/// <summary>Carries out what <see cref="SplitBrainResolverLogic"/> decides.</summary>
internal sealed class SplitBrainResolver : UntypedActor
{
    private readonly Cluster _cluster;
    private readonly SplitBrainResolverSettings _settings;
    private readonly SplitBrainResolverLogic _logic;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private ICancelable? _timer;

    public SplitBrainResolver(Cluster cluster, SplitBrainResolverSettings settings)
    {
        (_cluster, _settings) = (cluster, settings);
        _logic = new SplitBrainResolverLogic(settings.Strategy, settings.DowningStableAfter, settings.Unstable);
    }

    protected override void PreStart()
    {
        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.StateChanged));
        var longest = TimeSpan.FromSeconds(1);
        var tick = _settings.DowningStableAfter / 4 < longest ? _settings.DowningStableAfter / 4 : longest;
        _timer = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(tick, tick, Self, Tick.Instance, Self);
    }

    protected override void PostStop() => _timer?.Cancel();

    protected override void OnReceive(object message)
    {
        var now = Context.System.Scheduler.MonotonicClock;
        switch (message)
        {
            case ClusterEvent.StateChanged changed:
                _logic.Observe(changed.State, now);
                break;
            case Tick:
                if (_logic.Decide(now) is { ToDown.Length: > 0 } decision)
                    Act(decision);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Act(SplitBrainResolverLogic.Decision decision)
    {
        _log.Warning(
            "SBR took decision {0} of strategy {1}{2}: [{3}] are downed",
            decision.Fate,
            _settings.DowningStrategy,
            decision.IsUnstable ? " (reachability does not come to rest)" : "",
            string.Join(", ", decision.ToDown)
        );
        foreach (var member in decision.ToDown)
            _cluster.Down(member.Address);
    }

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }
}
