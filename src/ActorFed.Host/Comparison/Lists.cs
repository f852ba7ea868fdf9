using System.Collections.Immutable;
using System.Globalization;
using ActorFed.Host.Settings;
using ActorFed.Host.Verbs;

namespace ActorFed.Host.Comparison;

/// <summary>Reads the lists of the command line. What is wrong goes to a list of errors: the user is to see all of it at once.</summary>
/// <param name="errors">Gets one line an error.</param>
/// <param name="catalog">The methods and keys that there are; null for those that come with the program.</param>
internal sealed class Lists(List<string> errors, SettingCatalog? catalog = null)
{
    private readonly SettingCatalog _catalog = catalog ?? SettingCatalog.BuiltIn;

    /// <summary>Items between commas.</summary>
    public static string[] Items(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Seeds: 1,2,3 or 1-3.</summary>
    public ImmutableArray<long> Seeds(string option, string text)
    {
        var seeds = Items(text).SelectMany(i => Range(option, i)).ToImmutableArray();
        if (seeds.Length == 0)
        {
            errors.Add($"{option}: at least one seed is expected, e.g. {option} 1,2,3.");
        }

        errors.AddRange(Twice(seeds).Select(s => $"{option}: {s} is named twice."));
        return seeds;
    }

    /// <summary>The lines of the table: methods, then variants.</summary>
    public ImmutableArray<Row> Rows(string methods, IEnumerable<string> variants)
    {
        var rows = Items(methods)
            .Select(m => new Row(m, m, []))
            .Concat(variants.Select(Variant).OfType<Row>())
            .ToImmutableArray();
        if (rows.Length == 0)
        {
            errors.Add("--methods: at least one method is expected, e.g. --methods head-only,fedit.");
        }

        errors.AddRange(rows.Select(r => r.Method).Distinct(StringComparer.Ordinal).Where(m => !Known(m)).Select(Unknown));
        errors.AddRange(Twice(rows.Select(r => r.Name)).Select(n => $"--methods: {n} is there twice."));
        return [.. rows.Where(r => Known(r.Method))];
    }

    /// <summary>Conditions: every partition with every distribution of budgets.</summary>
    public ImmutableArray<Condition> Conditions(string? partitions, string? budgets)
    {
        var some = Some(partitions, "--partitions", RunOptions.Scheme);
        var others = Some(budgets, "--budgets", b => [new("actorfed.profiles.budgets", b)]);
        return
        [
            .. some.SelectMany(p =>
                others.Select(b => new Condition($"{p.Name} {b.Name}".Trim(), [.. p.Overrides, .. b.Overrides]))
            ),
        ];
    }

    /// <summary>What is searched, by row; the empty name stands for every row.</summary>
    public ILookup<string, Axis> Axes(IEnumerable<string> search, ImmutableArray<Row> rows)
    {
        var axes = search.Select(s => Axis(s, rows)).OfType<(string Row, Axis Axis)>().ToList();
        errors.AddRange(
            Twice(axes.Select(a => $"{a.Row}:{a.Axis.Path}")).Select(t => $"--search: {t.TrimStart(':')} is there twice.")
        );
        return axes.ToLookup(a => a.Row, a => a.Axis, StringComparer.Ordinal);
    }

    private (string Row, Axis Axis)? Axis(string text, ImmutableArray<Row> rows)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        if (at < 1)
        {
            errors.Add($"--search {text}: path=value,value is expected, e.g. --search head.rate=0.03,0.1.");
            return null;
        }

        var name = text[..at].Split(':', 2);
        var (row, path) =
            name.Length == 2 ? (name[0].Trim(), SettingKey.Rooted(name[1].Trim())) : ("", SettingKey.Rooted(name[0].Trim()));
        var values = Items(text[(at + 1)..]).ToImmutableArray();
        if (row.Length > 0 && rows.All(r => r.Name != row))
        {
            errors.Add($"--search {text}: there is no row {row}; there are {string.Join(", ", rows.Select(r => r.Name))}.");
        }

        errors.AddRange(Broken(path, values).Select(why => $"--search {text}: {why}"));
        return (row, new(path, values));
    }

    private IEnumerable<string> Broken(string path, ImmutableArray<string> values)
    {
        if (!_catalog.ByPath.TryGetValue(path, out var key))
        {
            var near = Nearest.Of(path, _catalog.ByPath.Keys);
            return [$"{path} is an unknown key{(near is null ? "" : $"; did you mean {near}?")}"];
        }

        return path is "actorfed.run.seed" or "actorfed.run.method" || !SettingCatalog.Decides(path)
                ? [$"{path} cannot be searched."]
            : values.Length == 0 ? ["at least one value is expected."]
            : values.Distinct(StringComparer.Ordinal).Count() < values.Length ? ["a value is there twice."]
            : values.Where(v => key.Parse(v) is null).Select(v => $"{v}: {key.Rule} is expected.");
    }

    private Row? Variant(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var pairs = parts.Select(p => p.Split('=', 2, StringSplitOptions.TrimEntries)).ToList();
        if (pairs.Count == 0 || pairs.Any(p => p.Length != 2 || p[0].Length == 0))
        {
            errors.Add($"--variant {text}: NAME=METHOD;path=value is expected, e.g. --variant \"fedit-4=fedit;lora.rank=4\".");
            return null;
        }

        return new(pairs[0][0], pairs[0][1], [.. pairs.Skip(1).Select(p => KeyValuePair.Create(SettingKey.Rooted(p[0]), p[1]))]);
    }

    private IEnumerable<long> Range(string option, string item)
    {
        var ends = item.Split('-', 2);
        var (first, last) = (Seed(ends[0]), Seed(ends[^1]));
        if (first is { } a && last is { } b && a <= b && b - a < 10_000)
        {
            return Enumerable.Range(0, (int)(b - a) + 1).Select(i => a + i);
        }

        errors.Add($"{option} {item}: a whole number from 0 on, or two with - between them.");
        return [];
    }

    private ImmutableArray<Condition> Some(
        string? list,
        string option,
        Func<string, IEnumerable<KeyValuePair<string, string>>> settings
    )
    {
        if (list is null)
        {
            return [new("", [])];
        }

        var names = Items(list);
        errors.AddRange(Twice(names).Select(n => $"{option}: {n} is there twice."));
        if (names.Length == 0)
        {
            errors.Add($"{option}: at least one is expected.");
        }

        try
        {
            return [.. names.Select(n => new Condition(n, [.. settings(n)]))];
        }
        catch (UsageException e)
        {
            errors.Add(e.Message);
            return [new("", [])]; // so that the other settings are checked all the same
        }
    }

    private static long? Seed(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : null;

    private static IEnumerable<T> Twice<T>(IEnumerable<T> items) =>
        items.GroupBy(i => i).Where(g => g.Count() > 1).Select(g => g.Key);

    private bool Known(string method) => _catalog.Methods.All.Any(m => m.Name == method);

    private string Unknown(string method) =>
        $"--methods: there is no method {method}; there are {string.Join(", ", _catalog.Methods.Names)}.";
}
