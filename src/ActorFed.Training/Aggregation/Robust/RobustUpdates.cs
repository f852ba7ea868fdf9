using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Training.Aggregation.Robust;

/// <summary>Applies a robust rule to what the clients of a round sent, before a method aggregates it.</summary>
/// <remarks>
/// Components that the same clients trained form a block, and the rule works on one block after the other, each over its own contributors:
/// one block where everybody trains everything. Median and trimmed mean put their result in the place of what each contributor sent, so
/// that any weighted mean over contributors gives it back. Krum keeps the chosen clients where there is one block; where there are more, the
/// mean of the chosen stands for all contributors of the block. A block of fewer than 2 f + 3 contributors has no guarantee by Krum: it
/// stays as it was before the round. Clipping: u ← u min(1, C / ‖u‖), one norm over all that a client sent, u against the global tensors.
/// </remarks>
public static class RobustUpdates
{
    /// <summary>The contributions that a method's own aggregation may trust.</summary>
    /// <param name="contributions">At least one, in any order.</param>
    /// <param name="global">The global tensors that the clients started from.</param>
    /// <param name="options">The rule.</param>
    /// <exception cref="ArgumentException">A client twice, shapes that do not fit, a value that is not finite, or too few updates for Krum.</exception>
    public static IReadOnlyList<Contribution> Of(
        IReadOnlyList<Contribution> contributions,
        TensorSet global,
        RobustOptions options
    )
    {
        ArgumentNullException.ThrowIfNull(contributions);
        ArgumentNullException.ThrowIfNull(options);
        var ordered = contributions.OrderBy(c => c.Client).ToList();
        ClientWeights.ThrowIfTwice(ordered.Select(c => c.Client));
        if (ordered.All(c => c.Upload.Count == 0))
        {
            return ordered; // FDLoRA's stage 1 may send nothing
        }

        var clipped = options.Clip > 0 ? Clipped(ordered, global, options.Clip) : ordered;
        return options.Rule switch
        {
            RobustRule.None => clipped,
            RobustRule.Krum or RobustRule.MultiKrum when options.ByProducts => ByProducts(clipped, options),
            _ => Blocks(clipped, global, options),
        };
    }

    private static List<Contribution> Clipped(List<Contribution> contributions, TensorSet global, double most) =>
        [.. contributions.Zip(ComponentUpdate.Split(contributions), (c, u) => Clipped(c, u, global, most))];

    private static Contribution Clipped(Contribution contribution, ComponentUpdate update, TensorSet global, double most)
    {
        var start = ComponentUpdate.Of(global, update.Components.Keys);
        if (update.Components.Keys.FirstOrDefault(n => !start.ContainsKey(n)) is { } unknown)
        {
            throw new ArgumentException($"{update.Client} sent {unknown}, which the global model lacks: its change has no norm.");
        }

        var norm = Math.Sqrt(update.Components.Sum(c => UpdateDistance.Squared(c.Value, start[c.Key])));
        var factor = RobustRules.ClipFactor(norm, most);
        return factor == 1
            ? contribution
            : contribution with
            {
                Upload = ComponentUpdate.Join(
                    contribution.Upload,
                    update.Components.ToDictionary(c => c.Key, c => Between(start[c.Key], c.Value, factor))
                ),
            };
    }

    private static IReadOnlyList<Contribution> ByProducts(List<Contribution> contributions, RobustOptions options)
    {
        ThrowIfFew(contributions.Count, options);
        ComponentUpdate.Split(contributions); // finite, F32, shapes that fit
        var chosen = Chosen(
            contributions.Count,
            (i, j) => UpdateDistance.Products(contributions[i].Upload, contributions[j].Upload),
            options
        );
        return [.. chosen.Select(i => contributions[i])];
    }

    private static IReadOnlyList<Contribution> Blocks(List<Contribution> contributions, TensorSet global, RobustOptions options)
    {
        var updates = ComponentUpdate.Split(contributions);
        var blocks = updates
            .SelectMany((u, i) => u.Components.Keys.Select(name => (Name: name, Place: i)))
            .GroupBy(c => c.Name, c => c.Place, StringComparer.Ordinal)
            .GroupBy(c => string.Join(' ', c))
            .Select(b => (Places: b.First().ToArray(), Names: b.Select(c => c.Key).Order(StringComparer.Ordinal).ToArray()))
            .ToList();
        if (options.Rule is RobustRule.Median or RobustRule.TrimmedMean)
        {
            return Replaced(contributions, blocks, (places, name) => Coordinates(updates, places, name, options));
        }

        ThrowIfFew(blocks.Max(b => b.Places.Length), options);
        var chosen = blocks.ToDictionary(b => b.Places, b => Chosen(updates, b.Places, b.Names, options));
        return blocks.Count == 1
            ? [.. chosen[blocks[0].Places]!.Select(i => contributions[i])]
            : Replaced(contributions, blocks, (places, name) => Mean(updates, chosen[places], name, global));
    }

    private static List<Contribution> Replaced(
        List<Contribution> contributions,
        List<(int[] Places, string[] Names)> blocks,
        Func<int[], string, float[]> value
    )
    {
        var parts = contributions.Select(_ => new Dictionary<string, float[]>(StringComparer.Ordinal)).ToList();
        foreach (var (places, names) in blocks)
        {
            foreach (var name in names)
            {
                var robust = value(places, name);
                Array.ForEach(places, p => parts[p].Add(name, robust));
            }
        }

        return [.. contributions.Zip(parts, (c, p) => c with { Upload = ComponentUpdate.Join(c.Upload, p) })];
    }

    private static float[] Coordinates(IReadOnlyList<ComponentUpdate> updates, int[] places, string name, RobustOptions options)
    {
        var vectors = Array.ConvertAll(places, p => updates[p].Components[name]);
        return options.Rule == RobustRule.Median ? RobustRules.Median(vectors) : RobustRules.TrimmedMean(vectors, options.Trim);
    }

    // Null: too few to judge by.
    private static int[]? Chosen(IReadOnlyList<ComponentUpdate> updates, int[] places, string[] names, RobustOptions options)
    {
        double Distance(int i, int j) =>
            names.Sum(n => UpdateDistance.Squared(updates[places[i]].Components[n], updates[places[j]].Components[n]));

        return places.Length < Least(options) ? null : [.. Chosen(places.Length, Distance, options).Select(i => places[i])];
    }

    private static int[] Chosen(int count, Func<int, int, double> distance, RobustOptions options)
    {
        var squared = new double[count, count];
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
            {
                squared[i, j] = squared[j, i] = distance(i, j);
            }
        }

        var keep =
            options.Rule == RobustRule.Krum ? 1
            : options.Keep > 0 ? options.Keep
            : count - options.Faulty;
        return RobustRules.Krum(squared, options.Faulty, Math.Min(keep, count));
    }

    private static float[] Mean(IReadOnlyList<ComponentUpdate> updates, int[]? chosen, string name, TensorSet global) =>
        chosen is null
            ? ComponentUpdate.Of(global, [name]).GetValueOrDefault(name)
                ?? throw new ArgumentException($"Too few clients sent {name} for Krum, and the global model has none to keep.")
            : RobustRules.TrimmedMean([.. chosen.Select(p => updates[p].Components[name])], 0);

    private static float[] Between(float[] start, float[] end, double factor)
    {
        var values = new float[start.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(start[i] + (factor * ((double)end[i] - start[i])));
        }

        return values;
    }

    private static int Least(RobustOptions options) => (2 * options.Faulty) + 3;

    private static void ThrowIfFew(int count, RobustOptions options)
    {
        if (count < Least(options))
        {
            throw new ArgumentException(
                $"Krum with robust.faulty = {options.Faulty} needs {Least(options)} updates (2 f + 3), and there are {count}: "
                    + "invite more clients, raise the quorum, or lower robust.faulty."
            );
        }
    }
}
