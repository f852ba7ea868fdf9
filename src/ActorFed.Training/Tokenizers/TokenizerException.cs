namespace ActorFed.Training.Tokenizers;

/// <summary>A tokenizer's file cannot be used: which file, which entry, which rule.</summary>
public sealed class TokenizerException(string path, string rule, Exception? cause = null) : Exception($"{path}: {rule}", cause)
{
    /// <summary>The file that is at fault.</summary>
    public string Path { get; } = path;

    /// <summary>What was found and what is expected.</summary>
    public string Rule { get; } = rule;

    /// <summary>True when the file is not there at all: set-up mends it.</summary>
    public bool IsMissing { get; init; }
}
