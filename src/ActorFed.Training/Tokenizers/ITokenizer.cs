namespace ActorFed.Training.Tokenizers;

/// <summary>Turns text into token ids. The same text always gives the same ids; safe for several threads at once.</summary>
public interface ITokenizer
{
    /// <summary>Every id is below this.</summary>
    int VocabularySize { get; }

    /// <summary>The id of what the vocabulary does not know.</summary>
    int Unknown { get; }

    /// <summary>The first <paramref name="most"/> ids of the text; none for a text without a visible character. Called by several threads at once.</summary>
    int[] Encode(string text, int most = int.MaxValue);
}
