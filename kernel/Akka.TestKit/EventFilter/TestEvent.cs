using Akka.Actor;
using Akka.TestKit.Internal;

namespace Akka.TestKit.TestEvent;

/// <summary>Published on the event stream: the test listener does not print events that match one of the filters.</summary>
public sealed class Mute : INoSerializationVerificationNeeded
{
    public Mute(params EventFilterBase[] filters) => Filters = filters;

    public Mute(IReadOnlyCollection<EventFilterBase> filters) => Filters = filters;

    public IReadOnlyCollection<EventFilterBase> Filters { get; }
}

/// <summary>Takes filters back.</summary>
public sealed class Unmute : INoSerializationVerificationNeeded
{
    public Unmute(params EventFilterBase[] filters) => Filters = filters;

    public Unmute(IReadOnlyCollection<EventFilterBase> filters) => Filters = filters;

    public IReadOnlyCollection<EventFilterBase> Filters { get; }
}
