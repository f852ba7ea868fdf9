using ActorFed.Training.Data;

namespace ActorFed.Training.Partitioning;

/// <summary>Documents by the value of a field.</summary>
internal static class NaturalGroups
{
    /// <summary>Values in ordinal order, each with its documents.</summary>
    /// <exception cref="PartitionException">A document has no such field, or there are more clients than values.</exception>
    public static SortedDictionary<string, List<int>> Of(IReadOnlyList<Document> documents, PartitionOptions options)
    {
        var groups = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < documents.Count; i++)
        {
            var value = ValueOf(documents[i], options.Field ?? "");
            if (!groups.TryGetValue(value, out var group))
            {
                groups.Add(value, group = []);
            }
            group.Add(i);
        }
        return options.Clients <= groups.Count
            ? groups
            : throw new PartitionException(
                $"{options.Describe()}: {options.Clients} clients, but only {groups.Count} values. Take at most as many clients as values."
            );
    }

    private static string ValueOf(Document document, string field)
    {
        if (document.Fields.TryGetValue(field, out var value))
        {
            return value;
        }
        if (string.Equals(field, "label", StringComparison.Ordinal))
        {
            return $"{document.Label:D6}";
        }
        var known = string.Join(", ", document.Fields.Keys.Append("label"));
        throw new PartitionException($"natural({field}): document '{document.Id}' has no field '{field}'; it has {known}.");
    }
}
