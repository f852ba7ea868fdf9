using System.Runtime.CompilerServices;
using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Sets of messages that predicates judge.</summary>
public abstract partial class TestKitBase
{
    /// <summary>As many messages as there are predicates, each matching another one of them, in any order.</summary>
    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(params PredicateInfo[] predicates) =>
        Done(AllMatching(true, null, predicates, default));

    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(
        IReadOnlyCollection<PredicateInfo> predicates,
        CancellationToken cancellationToken
    ) => Done(AllMatching(true, null, predicates, cancellationToken));

    /// <param name="max">How long to wait for all of them together, dilated.</param>
    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(TimeSpan max, params PredicateInfo[] predicates) =>
        Done(AllMatching(true, max, predicates, default));

    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(
        TimeSpan max,
        IReadOnlyCollection<PredicateInfo> predicates,
        CancellationToken cancellationToken
    ) => Done(AllMatching(true, max, predicates, cancellationToken));

    public IAsyncEnumerable<object> ExpectMsgAllOfMatchingPredicatesAsync(
        IReadOnlyCollection<PredicateInfo> predicates,
        CancellationToken cancellationToken = default
    ) => AllMatching(false, null, predicates, cancellationToken);

    public IAsyncEnumerable<object> ExpectMsgAllOfMatchingPredicatesAsync(
        TimeSpan max,
        IReadOnlyCollection<PredicateInfo> predicates,
        CancellationToken cancellationToken = default
    ) => AllMatching(false, max, predicates, cancellationToken);

    private async IAsyncEnumerable<object> AllMatching(
        bool blocking,
        TimeSpan? max,
        IReadOnlyCollection<PredicateInfo> predicates,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (unmatched, start) = (predicates.ToList(), Now);
        var end = DeadlineOf(start, max);
        while (unmatched.Count > 0)
        {
            var envelope =
                await Take(blocking, end, cancellationToken)
                ?? throw Failed(
                    $"Timeout ({end - start}) while expecting {predicates.Count} messages; nothing came for {string.Join(", ", unmatched)}."
                );
            var match =
                unmatched.Find(p => p.Matches(envelope.Message!))
                ?? throw Failed(
                    $"Received <{envelope.Message}> from {Sender(envelope)}, but expected one of {string.Join(", ", unmatched)}."
                );
            unmatched.Remove(match);
            yield return envelope.Message!;
        }
    }
}
