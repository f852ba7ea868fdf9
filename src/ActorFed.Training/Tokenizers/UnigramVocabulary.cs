using System.Collections.Frozen;
using System.Text.Json;

namespace ActorFed.Training.Tokenizers;

/// <summary>The pieces of a SentencePiece unigram model with their log-probabilities, as vocab.json of USE-lite holds them.</summary>
public sealed class UnigramVocabulary
{
    /// <summary>U+2581, which stands for the space before a word.</summary>
    internal const char WordStart = '\u2581';

    /// <summary>Entries at the start that no text is matched with: unknown, sentence marks, extra tokens.</summary>
    internal const int Reserved = 6;

    // What SentencePiece adds to the worst score for a character that no piece covers.
    private const double UnknownPenalty = 10;

    private readonly FrozenDictionary<string, (int Id, double Score)> _pieces;

    private UnigramVocabulary(FrozenDictionary<string, (int Id, double Score)> pieces, int count)
    {
        _pieces = pieces;
        Count = count;
        LongestPiece = pieces.Keys.Max(p => p.Length);
        UnknownScore = pieces.Values.Min(p => p.Score) - UnknownPenalty;
        Lookup = pieces.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Entries, the reserved ones included.</summary>
    public int Count { get; }

    internal int LongestPiece { get; }

    internal double UnknownScore { get; }

    internal FrozenDictionary<string, (int Id, double Score)>.AlternateLookup<ReadOnlySpan<char>> Lookup { get; }

    /// <summary>Reads a JSON list of [piece, score]; the place in the list is the id, a null score counts as 0.</summary>
    /// <exception cref="TokenizerException">No such file, not such a list, or a space inside a piece.</exception>
    public static UnigramVocabulary Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new TokenizerException(path, "not found. Set-up brings it into the cache folder: run ./actorfed doctor.")
            {
                IsMissing = true,
            };
        }
        try
        {
            using var stream = File.OpenRead(path);
            using var json = JsonDocument.Parse(stream);
            return Read(path, json.RootElement);
        }
        catch (JsonException e)
        {
            throw new TokenizerException(path, $"not valid JSON: {e.Message}", e);
        }
    }

    private static UnigramVocabulary Read(string path, JsonElement list)
    {
        var count = list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : 0;
        if (count <= Reserved)
        {
            throw new TokenizerException(path, $"a list of more than {Reserved} entries [piece, score] is expected.");
        }
        var pieces = new Dictionary<string, (int Id, double Score)>(count, StringComparer.Ordinal);
        // Enumerated, not indexed: a JsonElement finds element i by passing over the i before it.
        foreach (var (id, element) in list.EnumerateArray().Index().Skip(Reserved))
        {
            var (piece, score) = Entry(path, id, element);
            // Two entries are alike; the likelier one is used, the first of equals.
            if (!pieces.TryGetValue(piece, out var other) || score > other.Score)
            {
                pieces[piece] = (id, score);
            }
        }
        return new UnigramVocabulary(pieces.ToFrozenDictionary(StringComparer.Ordinal), count);
    }

    private static (string Piece, double Score) Entry(string path, int id, JsonElement entry)
    {
        var isPair = entry.ValueKind == JsonValueKind.Array && entry.GetArrayLength() == 2;
        if (
            !isPair
            || entry[0].ValueKind != JsonValueKind.String
            || entry[1].ValueKind is not (JsonValueKind.Number or JsonValueKind.Null)
        )
        {
            throw new TokenizerException(path, $"entry {id} is {entry.GetRawText()}; [piece, score] is expected.");
        }
        var piece = entry[0].GetString() ?? "";
        if (piece.Length == 0 || piece.AsSpan(1).Contains(WordStart))
        {
            // Words are encoded one by one; a piece that spans two would make that wrong.
            throw new TokenizerException(path, $"entry {id} is '{piece}': a piece is not empty and lies within one word.");
        }
        return (piece, entry[1].ValueKind == JsonValueKind.Null ? 0 : entry[1].GetDouble());
    }
}
