using ActorFed.Host.Results;

namespace ActorFed.Host.Simulation;

/// <summary>From every client's scores to the figures of a run. Pure.</summary>
internal static class PersonalSummary
{
    /// <summary>What each client would use.</summary>
    public const string Own = "own";

    /// <summary>What a run of the method local-only gave.</summary>
    public const string LocalOnly = "local-only";

    /// <summary>Spreads of every model, and gains of the own one over each of the others.</summary>
    /// <param name="clients">By client's name; those that count.</param>
    /// <param name="localOnly">The own model of a run of local-only on the same parts, by client; empty for none.</param>
    public static PersonalResult Of(
        IReadOnlyDictionary<string, PersonalClient> clients,
        IReadOnlyDictionary<string, double> localOnly
    )
    {
        var models = clients
            .Values.SelectMany(c => c.Models.Select(m => m.Model))
            .Distinct()
            .ToDictionary(name => name, name => Values(clients, c => c.Models.FirstOrDefault(m => m.Model == name)?.Value));
        var own = Values(clients, c => c.Models[^1].Value);
        var others = models.Append(KeyValuePair.Create(LocalOnly, localOnly.ToDictionary(l => l.Key, l => l.Value)));
        return new(
            clients.Count,
            [.. models.Append(KeyValuePair.Create(Own, own)).Select(m => Spread(m.Key, m.Value.Values))],
            [.. others.Select(o => Gain(o.Key, own, o.Value)).OfType<PersonalGain>()]
        );
    }

    private static Dictionary<string, double> Values(
        IReadOnlyDictionary<string, PersonalClient> clients,
        Func<PersonalClient, double?> value
    ) => clients.Where(c => value(c.Value) is not null).ToDictionary(c => c.Key, c => value(c.Value)!.Value);

    private static PersonalSpread Spread(string model, IReadOnlyCollection<double> values)
    {
        var (mean, min, p10) = Spread(values);
        return new(model, values.Count, mean, min, p10);
    }

    private static PersonalGain? Gain(string over, Dictionary<string, double> own, Dictionary<string, double> other)
    {
        double[] gains = [.. own.Where(o => other.ContainsKey(o.Key)).Select(o => o.Value - other[o.Key])];
        if (gains.Length == 0)
        {
            return null;
        }

        var (mean, min, p10) = Spread(gains);
        return new(Own, over, gains.Length, mean, min, p10);
    }

    private static (double Mean, double Min, double P10) Spread(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted.Average(), sorted[0], sorted[(int)Math.Ceiling(0.1 * sorted.Length) - 1]);
    }
}
