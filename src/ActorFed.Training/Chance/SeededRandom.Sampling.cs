namespace ActorFed.Training.Chance;

public sealed partial class SeededRandom
{
    /// <summary>Puts the items into a random order, each order equally likely (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>The numbers 0 to <paramref name="count"/> - 1 in a random order.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public int[] Permutation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }
        Shuffle(order.AsSpan());
        return order;
    }

    /// <summary>Different numbers from 0 to <paramref name="population"/> - 1, without replacement, in the order drawn.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More are wanted than there are, or a number is negative.</exception>
    public int[] Sample(int population, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, population);
        // Only the entries that a swap has moved are kept, so that 10 of a million cost 10.
        var moved = new Dictionary<int, int>(count);
        var drawn = new int[count];
        for (var i = 0; i < count; i++)
        {
            var j = Next(i, population);
            drawn[i] = moved.GetValueOrDefault(j, j);
            moved[j] = moved.GetValueOrDefault(i, i);
        }
        return drawn;
    }

    /// <summary>Different indices into <paramref name="weights"/>, without replacement, the heavier the likelier, in the order drawn.</summary>
    /// <remarks>
    /// Index i is drawn first with probability w_i / sum(w), and so on among the rest; an index of weight 0 is never drawn.
    /// Source: Efraimidis and Spirakis 2006, "Weighted random sampling with a reservoir": the largest log(u_i) / w_i.
    /// </remarks>
    /// <exception cref="ArgumentException">A weight is negative or not finite, or fewer weights are positive than are wanted.</exception>
    public int[] SampleWeighted(ReadOnlySpan<double> weights, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var keys = new List<(double Key, int Index)>(weights.Length);
        for (var i = 0; i < weights.Length; i++)
        {
            if (!double.IsFinite(weights[i]) || weights[i] < 0)
            {
                throw new ArgumentException($"Weight {i} is {weights[i]}: a weight is finite and not negative.", nameof(weights));
            }
            var log = Math.Log(1 - NextDouble());
            if (weights[i] > 0)
            {
                keys.Add((log / weights[i], i));
            }
        }
        if (keys.Count < count)
        {
            throw new ArgumentException($"{count} wanted, but only {keys.Count} weights are above zero.", nameof(count));
        }
        return [.. keys.OrderByDescending(k => k.Key).ThenBy(k => k.Index).Take(count).Select(k => k.Index)];
    }
}
