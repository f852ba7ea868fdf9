namespace ActorFed.Training.Data;

/// <summary>A data set cannot be used as it is: which file, which line, which rule.</summary>
public sealed class DatasetException : Exception
{
    /// <param name="path">The file or folder that is at fault.</param>
    /// <param name="line">Line in it, from 1; 0 where the fault is the file's as a whole.</param>
    /// <param name="rule">What was found, what is expected, and where it helps: what to do.</param>
    /// <param name="cause">The lower-level error, if any.</param>
    public DatasetException(string path, int line, string rule, Exception? cause = null)
        : base(line > 0 ? $"{path}, line {line}: {rule}" : $"{path}: {rule}", cause) => (Path, Line, Rule) = (path, line, rule);

    /// <summary>The file or folder that is at fault.</summary>
    public string Path { get; }

    /// <summary>Line in the file, from 1; 0 for the file as a whole.</summary>
    public int Line { get; }

    /// <summary>What was found and what is expected.</summary>
    public string Rule { get; }

    /// <summary>True when something is not there at all: set-up or another path mends it, not an edit of the data.</summary>
    public bool IsMissing { get; init; }

    /// <summary>The error for a file or folder that is not there.</summary>
    public static DatasetException Missing(string path, string remedy) =>
        new(path, 0, $"not found. {remedy}") { IsMissing = true };
}
