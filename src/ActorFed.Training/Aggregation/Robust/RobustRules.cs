namespace ActorFed.Training.Aggregation.Robust;

/// <summary>Rules over the vectors of n clients that f of them cannot move far, whatever they send.</summary>
/// <remarks>
/// Median and trimmed mean: Yin et al. 2018, "Byzantine-robust distributed learning" (https://arxiv.org/abs/1803.01498), definitions 1 and 2.
/// Krum and Multi-Krum: Blanchard et al. 2017, "Machine learning with adversaries", section 4. Coordinates are ranked by value, ties between
/// clients go to the first: with clients in client order, no answer depends on the order of arrival.
/// </remarks>
public static class RobustRules
{
    /// <summary>Of every coordinate the middle value, or the mean of the two middle ones. Bounded while fewer than half are faulty.</summary>
    /// <param name="vectors">At least one, of one length, finite.</param>
    public static float[] Median(IReadOnlyList<float[]> vectors) =>
        Ranked(vectors, values => (values[(values.Length - 1) / 2] + (double)values[values.Length / 2]) / 2);

    /// <summary>Of every coordinate the mean without the ⌊trim · n⌋ smallest and the ⌊trim · n⌋ largest values. Bounded while no more are faulty.</summary>
    /// <param name="vectors">At least one, of one length, finite.</param>
    /// <param name="trim">0 to below 0.5.</param>
    public static float[] TrimmedMean(IReadOnlyList<float[]> vectors, double trim)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trim);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(trim, 0.5);
        return Ranked(vectors, values => Middle(values, (int)(trim * values.Length)));
    }

    /// <summary>The clients with the lowest scores, in client order; score_k = the sum of the squared distances to its n - f - 2 nearest others.</summary>
    /// <param name="squared">Squared distances, [n, n], symmetric.</param>
    /// <param name="faulty">f; at least one neighbour is looked at. The paper's guarantee needs n ≥ 2 f + 3.</param>
    /// <param name="keep">How many; 1 is Krum. At least 1, at most n.</param>
    public static int[] Krum(double[,] squared, int faulty, int keep)
    {
        ArgumentNullException.ThrowIfNull(squared);
        var n = squared.GetLength(0);
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keep, n);
        var neighbours = Math.Max(1, n - faulty - 2);
        var scores = Enumerable
            .Range(0, n)
            .Select(k => Enumerable.Range(0, n).Where(j => j != k).Select(j => squared[k, j]).Order().Take(neighbours).Sum())
            .ToArray();
        return [.. Enumerable.Range(0, n).OrderBy(k => scores[k]).ThenBy(k => k).Take(keep).Order()];
    }

    /// <summary>min(1, C / ‖u‖): what a change is multiplied by so that its norm is at most C.</summary>
    /// <param name="norm">‖u‖, finite.</param>
    /// <param name="most">C, above 0.</param>
    public static double ClipFactor(double norm, double most) => norm > most ? most / norm : 1;

    private static double Middle(ReadOnlySpan<float> values, int drop)
    {
        var sum = 0.0;
        foreach (var value in values[drop..^drop])
        {
            sum += value;
        }

        return sum / (values.Length - (2 * drop));
    }

    private static float[] Ranked(IReadOnlyList<float[]> vectors, Func<float[], double> choose)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        var result = new float[vectors[0].Length];
        var values = new float[vectors.Count];
        for (var i = 0; i < result.Length; i++)
        {
            for (var k = 0; k < values.Length; k++)
            {
                values[k] = vectors[k][i];
            }

            Array.Sort(values);
            result[i] = (float)choose(values);
        }

        return result;
    }
}
