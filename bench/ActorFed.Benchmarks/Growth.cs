namespace ActorFed.Benchmarks;

/// <summary>How a cost grows: the k of cost = a · size^k. 1 is linear, 2 is quadratic.</summary>
internal static class Growth
{
    /// <summary>Between two sizes.</summary>
    public static double Between((double Size, double Cost) small, (double Size, double Cost) large) =>
        Math.Log(large.Cost / small.Cost) / Math.Log(large.Size / small.Size);

    /// <summary>By least squares of the logarithms, over all.</summary>
    public static double Over(IReadOnlyCollection<(double Size, double Cost)> points)
    {
        var logs = points.Select(p => (X: Math.Log(p.Size), Y: Math.Log(p.Cost))).ToArray();
        return Slope(logs);
    }

    /// <summary>The slope of the straight line that fits best.</summary>
    public static double Slope(IReadOnlyCollection<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(p => p.X), points.Average(p => p.Y));
        return points.Sum(p => (p.X - x) * (p.Y - y)) / points.Sum(p => (p.X - x) * (p.X - x));
    }
}
