using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Text to nodes, by the HOCON specification: one method a rule of the grammar.</summary>
internal sealed class HoconParser(HoconReader reader, HoconIncludes includes, string[] prefix, List<HoconReference> references)
{
    /// <summary>Deeper nesting is refused: no settings need it, and recursion must end before the stack does.</summary>
    private const int MaxDepth = 100;

    private readonly List<string> _path = [];
    private int _depth;

    public HoconFields Document()
    {
        reader.SkipBlank();
        if (reader.Current == '[')
            throw reader.Error("the root must be an object; found a list.");
        var braces = reader.Take("{");
        var fields = Fields(braces ? '}' : null, reader.Place());
        reader.SkipBlank();
        return reader.AtEnd ? fields : throw reader.Error($"expected the end of the text, found {reader.Describe()}.");
    }

    private HoconFields Fields(char? close, HoconPlace opened)
    {
        var fields = new HoconFields();
        while (true)
        {
            reader.SkipBlank();
            if (reader.AtEnd && close is null)
                return fields;
            if (reader.AtEnd)
                throw reader.Error($"expected '}}' for the object opened at line {opened.Line}, column {opened.Column}.");
            if (close is { } c && reader.Take(c.ToString()))
                return fields;
            Field(fields);
            Separator(close);
        }
    }

    /// <summary>After a field or item: an end of line or one comma, or the end of what holds it.</summary>
    private void Separator(char? close)
    {
        reader.TakeSpace();
        if (reader.AtEnd || reader.Current == '\n' || reader.AtComment || reader.Current == close)
        {
            reader.SkipBlank();
            reader.Take(",");
        }
        else if (!reader.Take(","))
            throw reader.Error($"expected ',' or the end of the line, found {reader.Describe()}.");
    }

    private void Field(HoconFields fields)
    {
        if (HoconIncludeStatement.TryTake(reader) is { } include)
        {
            fields.AddAll(includes.Read(include, [.. prefix, .. _path], references));
            return;
        }
        var place = reader.Place();
        var key = new HoconKeyReader(reader).Take();
        var appends = Assignment();
        Enter(key.Length);
        _path.AddRange(key);
        var definition = new HoconDefinition(appends ? [new HoconList([Slot(place)])] : Parts(), place, appends);
        _path.RemoveRange(_path.Count - key.Length, key.Length);
        _depth -= key.Length;
        fields.Add(key, definition);
    }

    /// <summary>True for <c>+=</c>. An object may follow its key without a separator.</summary>
    private bool Assignment()
    {
        if (reader.Take("+="))
            return SkipBlank(true);
        if (reader.Take("=") || reader.Take(":"))
            return SkipBlank(false);
        reader.SkipBlank();
        return reader.Current == '{' && !reader.AtEnd
            ? false
            : throw reader.Error($"expected '=', ':', '+=' or '{{' after the key, found {reader.Describe()}.");
    }

    private bool SkipBlank(bool result)
    {
        reader.SkipBlank();
        return result;
    }

    private HoconSlot Slot(HoconPlace place)
    {
        var slot = new HoconSlot();
        slot.Add(new HoconDefinition(Parts(), place));
        return slot;
    }

    /// <summary>A value: one part or a concatenation of several on one line.</summary>
    private List<HoconNode> Parts()
    {
        var parts = new List<HoconNode>();
        while (true)
        {
            var space = reader.TakeSpace();
            if (reader.AtEnd || reader.AtComment || "\n,}]".Contains(reader.Current))
                break;
            if (parts.Count > 0 && space.Length > 0)
                parts.Add(new HoconText(space, Quoted: false, IsSpace: true));
            parts.Add(Part());
        }
        return parts.Count > 0
            ? parts
            : throw reader.Error($"expected a value, found {reader.Describe()}; write \"\" for an empty one.");
    }

    private HoconNode Part()
    {
        var place = reader.Place();
        if (reader.Current == '"')
            return new HoconText(reader.TakeQuoted(), Quoted: true);
        if (reader.Looking("${"))
            return Reference();
        if (reader.AtUnquoted)
            return new HoconText(reader.TakeUnquoted(), Quoted: false);
        Enter(1);
        HoconNode node =
            reader.Take("{") ? Fields('}', place)
            : reader.Take("[") ? List(place)
            : throw reader.Error($"the character {reader.Describe()} must stand in quotes.");
        _depth--;
        return node;
    }

    private HoconList List(HoconPlace opened)
    {
        var items = new List<HoconSlot>();
        while (true)
        {
            reader.SkipBlank();
            if (reader.AtEnd)
                throw reader.Error($"expected ']' for the list opened at line {opened.Line}, column {opened.Column}.");
            if (reader.Take("]"))
                return new HoconList(items);
            items.Add(Slot(reader.Place()));
            Separator(']');
        }
    }

    private HoconReference Reference()
    {
        var place = reader.Place();
        reader.Take("${");
        var optional = reader.Take("?");
        var start = reader.Position;
        var path = new HoconKeyReader(reader).Take();
        var raw = reader.Since(start).Trim();
        reader.Expect('}', "to close the substitution");
        var reference = new HoconReference(path, raw, optional, prefix, place);
        references.Add(reference);
        return reference;
    }

    private void Enter(int levels)
    {
        _depth += levels;
        if (_depth > MaxDepth)
            throw reader.Error($"values are nested more than {MaxDepth} levels deep.");
    }
}

/// <summary>A key or the path of a substitution: elements between dots, each bare or quoted or a mixture.</summary>
internal sealed class HoconKeyReader(HoconReader reader)
{
    private readonly List<string> _elements = [];
    private readonly StringBuilder _element = new();
    private bool _any;

    public string[] Take()
    {
        while (true)
        {
            var space = reader.TakeSpace();
            if (reader.Take("."))
                EndElement();
            else if (reader.Current == '"' && !reader.AtEnd)
                Append(space, reader.TakeQuoted());
            else if (reader.AtUnquoted && !reader.Looking("+="))
                Append(space, Bare());
            else
                break;
        }
        EndElement();
        return [.. _elements];
    }

    private string Bare()
    {
        var text = reader.TakeUnquoted(".+");
        return !reader.Looking("+=") && reader.Take("+") ? text + "+" : text;
    }

    private void Append(string space, string text)
    {
        _element.Append(_any ? space : "").Append(text); // "a b" is one element; white space at its ends is not part of it
        _any = true;
    }

    private void EndElement()
    {
        if (!_any)
            throw reader.Error($"expected a key, found {reader.Describe()}; an empty or reserved one must stand in quotes.");
        _elements.Add(_element.ToString());
        _element.Clear();
        _any = false;
    }
}
