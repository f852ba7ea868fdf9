namespace Akka.TestKit;

/// <summary>What to do with the events that a filter names.</summary>
public interface IEventFilterApplier
{
    /// <summary>Adds another filter: an event counts when one of them matches.</summary>
    EventFilterFactory And { get; }

    /// <summary>Events that match are not printed until the result is unmuted.</summary>
    IUnmutableFilter Mute();

    /// <summary>Runs the code and expects so many events, no more and no fewer, by the end of akka.test.filter-leeway after it.</summary>
    void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default);

    /// <summary>The same with a leeway of its own, dilated. With a count of 0 the whole of it is waited for.</summary>
    void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default);

    T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default);

    T Expect<T>(int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default);

    Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default);

    Task ExpectAsync(int expectedCount, Func<Task> actionAsync, TimeSpan? timeout, CancellationToken cancellationToken = default);

    Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default);

    Task ExpectAsync(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default);

    Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default);

    Task<T> ExpectAsync<T>(
        int expectedCount,
        TimeSpan timeout,
        Func<Task<T>> func,
        CancellationToken cancellationToken = default
    );

    void ExpectOne(Action action, CancellationToken cancellationToken = default);

    void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default);

    T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default);

    T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default);

    Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default);

    Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default);

    Task ExpectOneAsync(Action action, CancellationToken cancellationToken = default);

    Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default);

    Task<T> ExpectOneAsync<T>(TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default);

    /// <summary>Runs the code; events that match are not printed meanwhile.</summary>
    T Mute<T>(Func<T> func, CancellationToken cancellationToken = default);

    void Mute(Action action, CancellationToken cancellationToken = default);

    Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default);

    Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default);

    Task MuteAsync(Action action, CancellationToken cancellationToken = default);
}

/// <summary>A filter that mutes until it is told, or disposed of.</summary>
public interface IUnmutableFilter : IDisposable
{
    void Unmute();
}
