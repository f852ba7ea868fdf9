using System.Text;
using ActorFed.Training.Tokenizers;

namespace ActorFed.Host.Simulation;

/// <summary>Words to ids by hash: the tokenizer of the tiny model, which has no vocabulary of its own.</summary>
/// <param name="size">Ids are below it; at least 2. Id 0 is the unknown.</param>
public sealed class WordHashTokenizer(int size) : ITokenizer
{
    /// <inheritdoc />
    public int VocabularySize => size;

    /// <inheritdoc />
    public int Unknown => 0;

    /// <inheritdoc />
    public int[] Encode(string text, int most = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(most).Select(Id)];
    }

    // FNV-1a: the same on every platform, unlike string.GetHashCode.
    private int Id(string word)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(word))
        {
            hash = unchecked((hash ^ b) * 16777619u);
        }

        return 1 + (int)(hash % (uint)(size - 1));
    }
}
