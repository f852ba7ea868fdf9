namespace ActorFed.Training.Models;

/// <summary>Documents of one forward pass, padded to the longest.</summary>
/// <param name="Ids">[rows, width], row-major; what lies behind a row's length is never looked at.</param>
/// <param name="Lengths">Tokens of each row, 1 to <paramref name="Width"/>.</param>
/// <param name="Width">Tokens of the longest row.</param>
public sealed record TokenBatch(int[] Ids, int[] Lengths, int Width)
{
    /// <summary>Documents.</summary>
    public int Rows => Lengths.Length;

    /// <summary>Whether some row is shorter than the others.</summary>
    public bool IsRagged => Array.Exists(Lengths, l => l < Width);

    /// <exception cref="ArgumentException">Names the row and the rule: sizes that disagree, an empty row, an unknown id, too many tokens.</exception>
    internal void ThrowUnlessFits(int vocabulary, int maxTokens)
    {
        if (Rows == 0 || Width < 1 || Width > maxTokens || Ids.Length != (long)Rows * Width)
        {
            throw new ArgumentException(
                $"A batch of {Rows} rows of {Width} tokens with {Ids.Length} ids: at least one row, 1 to {maxTokens} tokens, rows x width ids."
            );
        }

        for (var row = 0; row < Rows; row++)
        {
            if (Lengths[row] < 1 || Lengths[row] > Width)
            {
                throw new ArgumentException($"Row {row} of the batch has {Lengths[row]} tokens: 1 to {Width} are allowed.");
            }

            foreach (var id in Ids.AsSpan(row * Width, Width))
            {
                if ((uint)id >= (uint)vocabulary)
                {
                    throw new ArgumentException($"Row {row} of the batch has the token {id}: ids are 0 to {vocabulary - 1}.");
                }
            }
        }
    }
}
