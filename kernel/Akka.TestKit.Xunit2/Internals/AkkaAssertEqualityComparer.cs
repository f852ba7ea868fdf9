using System.Collections;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Equality as a test means it: sequences are equal when their items are.</summary>
/// <param name="skipTypeCheck">Whether values of different types may be equal.</param>
/// <param name="innerComparer">Compares the items of sequences; by default this rule again.</param>
public class AkkaAssertEqualityComparer<T>(bool skipTypeCheck = false, IEqualityComparer? innerComparer = null)
    : IEqualityComparer<T>
{
    public bool Equals(T? x, T? y)
    {
        if (ReferenceEquals(x, y))
            return true;
        if (x is null || y is null)
            return false;
        if (
            x.Equals(y)
            || (x is IEquatable<T> typed && typed.Equals(y))
            || (x is IComparable<T> ordered && Zero(() => ordered.CompareTo(y)))
        )
            return true;
        if (!skipTypeCheck && x.GetType() != y.GetType())
            return false;
        return x is IEnumerable first and not string && y is IEnumerable second && SameItems(first, second);
    }

    public int GetHashCode(T obj) => 0; // equality of sequences has no cheaper hash, and nobody asks for one

    private static bool Zero(Func<int> compare)
    {
        try
        {
            return compare() == 0;
        }
        catch (ArgumentException)
        {
            return false; // not comparable is not equal
        }
    }

    private bool SameItems(IEnumerable first, IEnumerable second)
    {
        var comparer = innerComparer ?? new Items();
        var (a, b) = (first.GetEnumerator(), second.GetEnumerator());
        while (true)
        {
            var (hasA, hasB) = (a.MoveNext(), b.MoveNext());
            if (!hasA || !hasB)
                return hasA == hasB;
            if (!comparer.Equals(a.Current, b.Current))
                return false;
        }
    }

    private sealed class Items : IEqualityComparer
    {
        private static readonly AkkaAssertEqualityComparer<object> Inner = new(skipTypeCheck: true);

        bool IEqualityComparer.Equals(object? x, object? y) => Inner.Equals(x, y);

        int IEqualityComparer.GetHashCode(object obj) => 0;
    }
}
