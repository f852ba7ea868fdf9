namespace Akka.Configuration.Hocon;

/// <summary>Nodes to values: substitutions looked up, concatenations joined, objects merged.</summary>
/// <remarks>
/// A key's definitions are read from the last to the first. A definition that is being evaluated is skipped when it is met
/// again: that is how a self-reference (<c>a = ${a} b</c>) sees the earlier value, and how a cycle ends.
/// </remarks>
internal sealed class HoconResolver(HoconFields root, Func<string, string?> environment)
{
    private const int MaxDepth = 400;
    private const int MaxSteps = 2_000_000;

    private readonly HashSet<HoconDefinition> _active = [];
    private int _steps;
    private bool _metItself;

    public HoconValue Resolve() => Object(root);

    private HoconValue Object(HoconFields fields)
    {
        var items = new Dictionary<string, HoconValue>(fields.Slots.Count);
        foreach (var (key, slot) in fields.Slots)
            if (Value(slot, slot.Definitions.Count) is { } value)
                items[key] = value;
        return new HoconValue(items);
    }

    /// <summary>What the first <paramref name="count"/> definitions of a key amount to; null when undefined.</summary>
    private HoconValue? Value(HoconSlot slot, int count)
    {
        HoconValue? result = null;
        for (var i = count - 1; i >= 0 && result is null or { Fields: not null }; i--)
        {
            if (Evaluate(slot, i) is not { } value)
                continue;
            if (result is not null && value.Fields is null)
                break; // what is not an object hides everything that was written before it
            result = HoconMerge.Merge(result, value);
        }
        return result;
    }

    private HoconValue? Find(HoconFields fields, ReadOnlySpan<string> path)
    {
        if (!fields.Slots.TryGetValue(path[0], out var slot))
            return null;
        return path.Length == 1 ? Value(slot, slot.Definitions.Count) : FindIn(slot, path[1..]);
    }

    private HoconValue? FindIn(HoconSlot slot, ReadOnlySpan<string> rest)
    {
        HoconValue? result = null;
        for (var i = slot.Definitions.Count - 1; i >= 0 && result is null or { Fields: not null }; i--)
        {
            HoconValue? value;
            if (slot.Definitions[i].Fields is { } fields)
                value = Find(fields, rest); // only what is asked for: a sibling may be what asks
            else if (Evaluate(slot, i) is not { } whole)
                continue;
            else if (whole.Fields is null)
                break;
            else
                value = whole.Child(rest);
            if (result is not null && value is { Fields: null })
                break;
            result = HoconMerge.Merge(result, value);
        }
        return result;
    }

    private HoconValue? Evaluate(HoconSlot slot, int index)
    {
        var definition = slot.Definitions[index];
        if (!_active.Add(definition))
        {
            _metItself = true;
            return null;
        }
        if (_active.Count > MaxDepth || ++_steps > MaxSteps)
            throw definition.Place.Error("the substitutions of this value expand too far.");
        try
        {
            var parts = definition.Parts.Select(p => (Node: p, Value: Part(p))).ToList();
            if (definition.Appends && Value(slot, index) is { } earlier)
                parts.Insert(0, (new HoconKnown(earlier), earlier));
            return HoconMerge.Join(parts, definition.Place);
        }
        finally
        {
            _active.Remove(definition);
        }
    }

    private HoconValue? Part(HoconNode node) =>
        node switch
        {
            HoconText { Quoted: false, Text: "null" } => HoconValue.Null,
            HoconText text => new HoconValue(text.Text),
            HoconFields fields => Object(fields),
            HoconList list => new HoconValue(list.Items.Select(s => Value(s, s.Definitions.Count)).OfType<HoconValue>().ToList()),
            HoconKnown known => known.Value,
            HoconReference reference => Look(reference),
            _ => throw new InvalidOperationException($"Unknown node {node}."),
        };

    private HoconValue? Look(HoconReference reference)
    {
        _metItself = false;
        var value =
            (reference.Prefix.Length > 0 ? Find(root, [.. reference.Prefix, .. reference.Path]) : null)
            ?? Find(root, reference.Path)
            ?? (environment(reference.Raw) is { } variable ? new HoconValue(variable) : null);
        if (value is not null || reference.Optional)
            return value;
        throw reference.Place.Error(
            _metItself
                ? $"the substitution ${{{reference.Raw}}} refers to itself."
                : $"the substitution ${{{reference.Raw}}} has no value, in the configuration or the environment; ${{?...}} makes it optional."
        );
    }
}
