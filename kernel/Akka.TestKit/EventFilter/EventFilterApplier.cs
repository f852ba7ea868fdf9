using Akka.Actor;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>The overloads of <see cref="IEventFilterApplier"/>, each one line of <see cref="EventFilterWatch"/>.</summary>
internal sealed class EventFilterApplier(TestKitBase testkit, ActorSystem system, IReadOnlyList<EventFilterBase> filters)
    : EventFilterWatch(testkit, system, filters),
        IEventFilterApplier
{
    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Expected(true, expectedCount, null, Call(action), cancellationToken).Wait();

    public void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Expected(true, expectedCount, timeout, Call(action), cancellationToken).Wait();

    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        Expected(true, expectedCount, null, Call(func), cancellationToken).Wait();

    public T Expect<T>(int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Expected(true, expectedCount, timeout, Call(func), cancellationToken).Wait();

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        Expected(false, expectedCount, null, Call(actionAsync), cancellationToken).AsTask();

    public Task ExpectAsync(
        int expectedCount,
        Func<Task> actionAsync,
        TimeSpan? timeout,
        CancellationToken cancellationToken = default
    ) => Expected(false, expectedCount, timeout, Call(actionAsync), cancellationToken).AsTask();

    public Task ExpectAsync(
        int expectedCount,
        TimeSpan timeout,
        Func<Task> action,
        CancellationToken cancellationToken = default
    ) => Expected(false, expectedCount, timeout, Call(action), cancellationToken).AsTask();

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Expected(false, expectedCount, timeout, Call(action), cancellationToken).AsTask();

    public Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Expected(false, expectedCount, null, Call(func), cancellationToken).AsTask();

    public Task<T> ExpectAsync<T>(
        int expectedCount,
        TimeSpan timeout,
        Func<Task<T>> func,
        CancellationToken cancellationToken = default
    ) => Expected(false, expectedCount, timeout, Call(func), cancellationToken).AsTask();

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) =>
        Expected(true, 1, null, Call(action), cancellationToken).Wait();

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Expected(true, 1, timeout, Call(action), cancellationToken).Wait();

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) =>
        Expected(true, 1, null, Call(func), cancellationToken).Wait();

    public T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Expected(true, 1, timeout, Call(func), cancellationToken).Wait();

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        Expected(false, 1, null, Call(actionAsync), cancellationToken).AsTask();

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        Expected(false, 1, timeout, Call(action), cancellationToken).AsTask();

    public Task ExpectOneAsync(Action action, CancellationToken cancellationToken = default) =>
        Expected(false, 1, null, Call(action), cancellationToken).AsTask();

    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Expected(false, 1, null, Call(func), cancellationToken).AsTask();

    public Task<T> ExpectOneAsync<T>(TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Expected(false, 1, timeout, Call(func), cancellationToken).AsTask();

    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default) => Muted(Call(func), cancellationToken).Wait();

    public void Mute(Action action, CancellationToken cancellationToken = default) =>
        Muted(Call(action), cancellationToken).Wait();

    public Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Muted(Call(func), cancellationToken).AsTask();

    public Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default) =>
        Muted(Call(action), cancellationToken).AsTask();

    public Task MuteAsync(Action action, CancellationToken cancellationToken = default) =>
        Muted(Call(action), cancellationToken).AsTask();
}
