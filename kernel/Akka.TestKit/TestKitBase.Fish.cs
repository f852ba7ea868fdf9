using System.Collections;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>One message among others.</summary>
public abstract partial class TestKitBase
{
    /// <summary>The first message for which <paramref name="isMessage"/> holds; those before it are dropped.</summary>
    /// <param name="max">How long at most, dilated; null is <see cref="RemainingOrDefault"/>.</param>
    public object FishForMessage(
        Predicate<object> isMessage,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default
    ) => Fish(true, isMessage, null, max, hint, cancellationToken).Wait();

    public T FishForMessage<T>(
        Predicate<T> isMessage,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default
    ) => Fish(true, isMessage, null, max, hint, cancellationToken).Wait();

    /// <param name="allMessages">Is emptied, and takes the messages that come before.</param>
    public T FishForMessage<T>(
        Predicate<T> isMessage,
        ArrayList allMessages,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default
    ) => Fish(true, isMessage, allMessages, max, hint, cancellationToken).Wait();

    public ValueTask<object> FishForMessageAsync(
        Predicate<object> isMessage,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default
    ) => Fish(false, isMessage, null, max, hint, cancellationToken);

    public ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default
    ) => Fish(false, isMessage, null, max, hint, cancellationToken);

    public ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage,
        ArrayList allMessages,
        TimeSpan? max = null,
        string hint = "",
        CancellationToken cancellationToken = default
    ) => Fish(false, isMessage, allMessages, max, hint, cancellationToken);

    /// <summary>Drops messages up to and with the first <typeparamref name="T"/>.</summary>
    public async Task FishUntilMessageAsync<T>(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        await Fish<T>(false, _ => true, null, max, "", cancellationToken);

    /// <summary>Waits until no message has come for a while, and gives those that came.</summary>
    /// <param name="max">How long it must be quiet, dilated; null is <see cref="RemainingOrDefault"/>.</param>
    /// <param name="maxMessages">More than so many messages are a failure; null is no limit.</param>
    public async Task<ArrayList> WaitForRadioSilenceAsync(
        TimeSpan? max = null,
        uint? maxMessages = null,
        CancellationToken cancellationToken = default
    )
    {
        var (quiet, messages) = (RemainingOrDilated(max), new ArrayList());
        while (await Take(false, Now + quiet, cancellationToken) is { } envelope)
        {
            messages.Add(envelope.Message);
            if (messages.Count > maxMessages)
                throw Failed($"No silence: more than {maxMessages} messages came, the last is <{envelope.Message}>.");
        }
        return messages;
    }

    private async ValueTask<T> Fish<T>(
        bool blocking,
        Predicate<T> isMessage,
        ArrayList? others,
        TimeSpan? max,
        string hint,
        CancellationToken cancellationToken
    )
    {
        var start = Now;
        var end = DeadlineOf(start, max);
        others?.Clear();
        for (var dropped = 0; ; dropped++)
        {
            var envelope = await Take(blocking, end, cancellationToken);
            if (envelope is null)
                throw Failed(
                    $"Timeout ({end - start}) while fishing for a {TypeText.Of(typeof(T))}{Hint(hint)}; {dropped} other messages came."
                );
            if (envelope.Message is T message && isMessage(message))
                return message;
            others?.Add(envelope.Message);
        }
    }
}
