namespace Akka.Configuration.Hocon;

/// <summary>How two values become one: by priority (merge) or side by side (concatenation).</summary>
internal static class HoconMerge
{
    /// <summary>Objects merge key by key; of anything else <paramref name="over"/> wins.</summary>
    public static HoconValue? Merge(HoconValue? over, HoconValue? under)
    {
        if (over is null || under is null)
            return over ?? under;
        if (over.Fields is not { } top || under.Fields is not { } bottom)
            return over;
        var merged = new Dictionary<string, HoconValue>(bottom);
        foreach (var (key, value) in top)
            merged[key] = Merge(value, bottom.GetValueOrDefault(key))!;
        return new HoconValue(merged);
    }

    /// <summary>A concatenation: all text, all lists or all objects. Undefined parts count for nothing.</summary>
    public static HoconValue? Join(List<(HoconNode Node, HoconValue? Value)> parts, HoconPlace place)
    {
        if (parts.Count == 1)
            return parts[0].Value;
        var values = parts
            .Where(p => p.Node is not HoconText { IsSpace: true })
            .Select(p => p.Value)
            .OfType<HoconValue>()
            .ToList();
        if (values.Count == 0)
            return null;
        if (values.TrueForAll(v => v.IsObject()))
            return values.Aggregate((under, over) => Merge(over, under)!);
        if (values.TrueForAll(v => v.IsArray()))
            return new HoconValue(values.SelectMany(v => v.Items!).ToList());
        if (values.TrueForAll(v => !v.IsObject() && !v.IsArray()))
            return new HoconValue(string.Concat(parts.Select(p => p.Value is null ? "" : p.Value.GetString() ?? "null")));
        throw place.Error($"cannot join {string.Join(" and ", values.Select(v => v.Kind).Distinct())} in one value.");
    }
}
