using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Internal;
using Akka.TestKit.TestEvent;

namespace Akka.TestKit;

/// <summary>Runs code while filters are on, and counts what they match.</summary>
internal abstract class EventFilterWatch(TestKitBase testkit, ActorSystem system, IReadOnlyList<EventFilterBase> filters)
{
    public EventFilterFactory And => new(testkit, system, filters);

    public IUnmutableFilter Mute()
    {
        system.EventStream.Publish(new Mute(filters));
        return new Unmutable(system, filters);
    }

    protected async ValueTask<T> Muted<T>(Func<ValueTask<T>> block, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var muted = Mute();
        return await block();
    }

    protected async ValueTask<T> Expected<T>(
        bool blocking,
        int expected,
        TimeSpan? timeout,
        Func<ValueTask<T>> block,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expected);
        using var count = new MatchCount(filters, expected);
        using var muted = Mute();
        var result = await block();
        var leeway = testkit.Dilated(timeout ?? testkit.TestKitSettings.TestEventFilterLeeway);
        if (expected > 0)
            await count.Reached.Wait(blocking, testkit.Clock, leeway, cancellationToken);
        else if (timeout is not null)
            await testkit.Clock.Pause(blocking, leeway, cancellationToken);
        await Flushed().Wait(blocking, testkit.Clock, leeway, cancellationToken);
        Judge(expected, count, leeway);
        return result;
    }

    /// <summary>Given when the listener has seen what was logged until now.</summary>
    private Signal Flushed()
    {
        var flush = new Flush(new Signal());
        if (HasListener)
            system.EventStream.Publish(flush);
        else
            flush.Done.Give();
        return flush.Done;
    }

    private void Judge(int expected, MatchCount count, TimeSpan leeway)
    {
        var seen = count.Events();
        if (seen.Count == expected)
            return;
        var events = seen.Count == 0 ? "" : $" They are:\n{string.Join('\n', seen)}";
        var listener = HasListener
            ? ""
            : " Akka.TestKit.TestEventListener is not among akka.loggers of this system, so that no event can be seen.";
        testkit.TestAssertions.Fail(
            "{0}",
            seen.Count < expected
                ? $"Expected {expected} events, but {seen.Count} came within {leeway}: {Describe()}.{listener}{events}"
                : $"Expected {expected} events, but {seen.Count} came: {Describe()}.{events}"
        );
    }

    private bool HasListener =>
        system.Settings.Config.GetStringList("akka.loggers").Any(l => l.Contains("TestEventListener", StringComparison.Ordinal));

    private string Describe() => string.Join(", or ", filters);

    protected static Func<ValueTask<bool>> Call(Action action) =>
        () =>
        {
            action();
            return new ValueTask<bool>(true);
        };

    protected static Func<ValueTask<T>> Call<T>(Func<T> func) => () => new ValueTask<T>(func());

    protected static Func<ValueTask<bool>> Call(Func<Task> action) =>
        async () =>
        {
            await action();
            return true;
        };

    protected static Func<ValueTask<T>> Call<T>(Func<Task<T>> func) => () => new ValueTask<T>(func());

    private sealed class Unmutable(ActorSystem system, IReadOnlyList<EventFilterBase> filters) : IUnmutableFilter
    {
        public void Unmute() => system.EventStream.Publish(new Unmute(filters));

        public void Dispose() => Unmute();
    }
}

/// <summary>The events that match one of several filters; an event that matches two counts once.</summary>
internal sealed class MatchCount : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<LogEvent> _events = [];
    private readonly IReadOnlyList<EventFilterBase> _filters;
    private readonly int _expected;

    public MatchCount(IReadOnlyList<EventFilterBase> filters, int expected)
    {
        (_filters, _expected) = (filters, expected);
        foreach (var filter in filters)
            filter.Matched += Add;
    }

    public Signal Reached { get; } = new();

    public List<LogEvent> Events()
    {
        lock (_gate)
            return [.. _events];
    }

    private void Add(LogEvent logEvent)
    {
        lock (_gate)
        {
            if (_events.Contains(logEvent))
                return;
            _events.Add(logEvent);
            if (_events.Count == _expected)
                Reached.Give();
        }
    }

    public void Dispose()
    {
        foreach (var filter in _filters)
            filter.Matched -= Add;
    }
}
