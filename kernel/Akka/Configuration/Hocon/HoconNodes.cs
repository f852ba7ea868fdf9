namespace Akka.Configuration.Hocon;

/// <summary>One part of a written value, before substitutions are resolved.</summary>
internal abstract record HoconNode;

/// <summary>Text between the reserved characters, or white space between two parts of a concatenation.</summary>
internal sealed record HoconText(string Text, bool Quoted, bool IsSpace = false) : HoconNode;

/// <summary><c>${path}</c> or <c>${?path}</c>; <paramref name="Prefix"/> is where an included text hangs.</summary>
internal sealed record HoconReference(string[] Path, string Raw, bool Optional, string[] Prefix, HoconPlace Place) : HoconNode;

internal sealed record HoconList(List<HoconSlot> Items) : HoconNode;

/// <summary>A value that is known already: what an include callback returned.</summary>
internal sealed record HoconKnown(HoconValue Value) : HoconNode;

internal sealed record HoconFields : HoconNode
{
    public Dictionary<string, HoconSlot> Slots { get; } = [];

    /// <summary>Adds <c>a.b.c = definition</c>: the elements but the last are objects on the way.</summary>
    public void Add(ReadOnlySpan<string> path, HoconDefinition definition)
    {
        if (!Slots.TryGetValue(path[0], out var slot))
            Slots[path[0]] = slot = new HoconSlot();
        if (path.Length == 1)
            slot.Add(definition);
        else
            slot.Object(definition.Place).Add(path[1..], definition);
    }

    public void AddAll(HoconFields later)
    {
        foreach (var (key, slot) in later.Slots)
        foreach (var definition in slot.Definitions)
            Add([key], definition);
    }
}

/// <summary>One <c>key = value</c>. <paramref name="Appends"/>: it was written with <c>+=</c>.</summary>
internal sealed class HoconDefinition(List<HoconNode> parts, HoconPlace place, bool appends = false)
{
    public List<HoconNode> Parts => parts;
    public HoconPlace Place => place;
    public bool Appends => appends;

    /// <summary>The object, when the value is one written object and nothing else.</summary>
    public HoconFields? Fields => !appends && parts is [HoconFields fields] ? fields : null;
}

/// <summary>All that was written for one key, in order: a later value may refer to an earlier one.</summary>
internal sealed class HoconSlot
{
    public List<HoconDefinition> Definitions { get; } = [];

    public void Add(HoconDefinition definition)
    {
        if (definition.Fields is { } fields && Definitions is [.., { Fields: { } last }])
            last.AddAll(fields);
        else
            Definitions.Add(definition);
    }

    public HoconFields Object(HoconPlace place)
    {
        if (Definitions is [.., { Fields: { } last }])
            return last;
        var fields = new HoconFields();
        Definitions.Add(new HoconDefinition([fields], place));
        return fields;
    }
}
