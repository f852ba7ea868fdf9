using ActorFed.Training.Encoding;
using ActorFed.Training.Lora;

namespace ActorFed.Training.Aggregation;

/// <summary>Some rank-1 components of one map from one client: row i of A and column i of B belong to component Indices[i].</summary>
internal sealed record Components(double Weight, IReadOnlyList<int> Indices, TensorValue A, TensorValue B);

/// <summary>Means of rank-1 components b_i a_iᵀ over those who sent them.</summary>
/// <remarks>b_i ← Σ_{k ∈ K_i} w_k b_{k,i} / W_i, a_i likewise; W_i = Σ_{K_i} w_k, or the total over everybody. A component nobody sent stays.</remarks>
internal static class ComponentMean
{
    /// <summary>The map's factors after the round.</summary>
    /// <param name="map">The map.</param>
    /// <param name="before">The factors before the round.</param>
    /// <param name="parts">In client order; weights sum to 1.</param>
    /// <param name="overEverybody">Divide by everybody's weight: plain zero-padding.</param>
    public static KeyValuePair<string, TensorValue>[] Of(
        string map,
        TensorSet before,
        IReadOnlyList<Components> parts,
        bool overEverybody
    )
    {
        var (a, b) = (before[LoraNames.A(map)], before[LoraNames.B(map)]);
        var (rank, width, height) = ((int)a.Shape[0], (int)a.Shape[1], (int)b.Shape[0]);
        var (rows, columns) = (a.Floats.ToArray(), b.Floats.ToArray());
        for (var i = 0; i < rank; i++)
        {
            var senders = parts.Select(p => (Part: p, Place: Place(p, i))).Where(s => s.Place >= 0).ToList();
            if (senders.Count == 0)
            {
                continue;
            }

            // All of them: their weights are the round's, and a division by a sum of 1 would only round.
            var total = overEverybody || senders.Count == parts.Count ? 1 : senders.Sum(s => s.Part.Weight);
            var weights = senders.Select(s => s.Part.Weight / total).ToArray();
            for (var k = 0; k < width; k++)
            {
                rows[(i * width) + k] = Sum(senders, weights, (part, place) => part.A.Floats[(place * width) + k]);
            }

            for (var k = 0; k < height; k++)
            {
                columns[(k * rank) + i] = Sum(senders, weights, (part, place) => part.B.Floats[(k * part.Indices.Count) + place]);
            }
        }

        return
        [
            new(LoraNames.A(map), TensorValue.Of(rows, rank, width)),
            new(LoraNames.B(map), TensorValue.Of(columns, height, rank)),
        ];
    }

    /// <summary>Σ w_k s_{k,i} / Σ w_k over those who sent component i; decay · before where nobody did.</summary>
    public static float[] Scores(
        ReadOnlySpan<float> before,
        IReadOnlyList<(Components Part, TensorValue Scores)> parts,
        double decay
    )
    {
        var scores = before.ToArray();
        for (var i = 0; i < scores.Length; i++)
        {
            var (sum, total) = (0.0, 0.0);
            foreach (var (part, own) in parts)
            {
                if (Place(part, i) is >= 0 and var place)
                {
                    sum += part.Weight * own.Floats[place];
                    total += part.Weight;
                }
            }

            scores[i] = (float)(total > 0 ? sum / total : decay * scores[i]);
        }

        return scores;
    }

    private static float Sum(List<(Components Part, int Place)> senders, double[] weights, Func<Components, int, float> value)
    {
        var sum = 0.0;
        for (var i = 0; i < senders.Count; i++)
        {
            sum += (double)value(senders[i].Part, senders[i].Place) * weights[i];
        }

        return (float)sum;
    }

    private static int Place(Components part, int component)
    {
        for (var i = 0; i < part.Indices.Count; i++)
        {
            if (part.Indices[i] == component)
            {
                return i;
            }
        }

        return -1;
    }
}
