namespace ActorFed.Training.Data.Files;

/// <summary>One record of a file: its values by column name; null for a JSON null.</summary>
internal sealed record Row(string Path, int Line, IReadOnlyDictionary<string, string?> Values)
{
    /// <exception cref="DatasetException">There is no such column; the message lists those that there are.</exception>
    public string? Get(string column) =>
        Values.TryGetValue(column, out var value)
            ? value
            : throw new DatasetException(
                Path,
                Line,
                $"there is no column '{column}'; the columns are {string.Join(", ", Values.Keys.Order(StringComparer.Ordinal))}."
            );
}
