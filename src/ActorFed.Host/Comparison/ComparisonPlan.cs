using System.Collections.Immutable;
using ActorFed.Actors.Configuration;
using ActorFed.Host.OwnMethods;
using ActorFed.Host.Settings;
using ActorFed.Host.Simulation;
using ActorFed.Training.Data;
using ActorFed.Training.Partitioning;
using Akka.Configuration;

namespace ActorFed.Host.Comparison;

/// <summary>A comparison that is checked: all of its cells are known but for the values that its search will find.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Config">The user's configuration over the standard one.</param>
/// <param name="Conditions">Where.</param>
/// <param name="Rows">Lines of the table, each with what is searched for it.</param>
/// <param name="Seeds">Seeds of the table.</param>
/// <param name="SearchSeeds">Seeds of the search.</param>
/// <param name="Baseline">Name of the row that the others are compared with.</param>
internal sealed record ComparisonPlan(
    CompareRequest Request,
    Config Config,
    ImmutableArray<Condition> Conditions,
    ImmutableArray<Row> Rows,
    ImmutableArray<long> Seeds,
    ImmutableArray<long> SearchSeeds,
    string Baseline
)
{
    // Below the user's: a table shows the mean over ten models unless its maker says otherwise.
    private const string Standard = "actorfed.evaluate.last-rounds = 10";

    // Over the user's: a search is judged once, at its end, by the whole validation part; no cell makes a page.
    private static readonly KeyValuePair<string, string>[] OfSearch =
    [
        new("actorfed.evaluate.sample", "0"),
        new("actorfed.evaluate.every", "0"),
    ];

    private readonly Dictionary<string, MethodReads> _reads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Cell> _cells = new(StringComparer.Ordinal); // reading settings takes its time
    private PlanFiles _files = new("");
    private string _folder = "";
    private ImmutableArray<string> _data = [];
    private ImmutableArray<string> _dataOfSearch = [];

    /// <summary>Settings of every cell, without what rows, conditions and seeds change.</summary>
    public RunSettings Common { get; private init; } = null!;

    /// <summary>Reads and checks the request.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="parts">Data and model: some rules can be checked only with them.</param>
    /// <exception cref="UsageException">Names everything that is wrong, not only the first.</exception>
    public static ComparisonPlan Make(CompareRequest request, SharedParts parts)
    {
        ArgumentNullException.ThrowIfNull(request);
        var errors = new List<string>();
        var plan = Read(request, parts.Folder, errors);
        plan._files = new(parts.Folder);
        ThrowIfAny(errors);
        var common = plan.SettingsOf([]);
        var gate = request.GateFile is null ? null : Path.GetFullPath(request.GateFile, parts.Folder);
        plan = plan with { Common = common, Label = Gate.Label(gate, common) };
        return plan.Fit(parts);
    }

    /// <summary>The cells that a row is searched by; none where nothing is searched.</summary>
    public IEnumerable<Cell> SearchCells(Condition condition, Row row) =>
        row.Axes.IsEmpty
            ? []
            : row.Combinations.SelectMany(c => SearchSeeds.Select(s => Cell(CellKind.Search, condition, row, s, c)));

    /// <summary>What the headroom gate said about this data and these maps; null where nobody asked.</summary>
    public string? Label { get; private init; }

    /// <summary>What a row's method reads.</summary>
    public MethodReads ReadsOf(Row row) => _reads[row.Name];

    /// <summary>The cell of the table with the values that were found.</summary>
    public Cell TestCell(Condition condition, Row row, long seed, ImmutableSortedDictionary<string, string> found) =>
        Cell(CellKind.Test, condition, row, seed, found);

    private static ComparisonPlan Read(CompareRequest request, string folder, List<string> errors)
    {
        var user = request.Settings.ToConfig();
        var config = user.WithFallback(ConfigurationFactory.ParseString(Standard)).WithFallback(SettingsLoader.Below(user));
        var own = MethodAssemblies.Load(SettingTree.Flatten(config), folder);
        var lists = new Lists(errors, SettingCatalog.Of(own.Methods));
        var (seeds, searchSeeds) = (lists.Seeds("--seeds", request.Seeds), lists.Seeds("--search-seed", request.SearchSeeds));
        var rows = lists.Rows(request.Methods, request.Variants);
        var axes = lists.Axes(request.Search, rows);
        if (request.IsGate && seeds.Length < 3)
        {
            errors.Add("--gate: at least three seeds are expected, a standard error is made of them.");
        }
        else if (!request.IsGate && request.Search.Count > 0)
        {
            errors.AddRange(seeds.Intersect(searchSeeds).Select(s => $"--search-seed {s}: is a seed of the table too."));
        }

        var baseline = request.Baseline ?? rows.FirstOrDefault()?.Name ?? "";
        if (request.Baseline is not null && rows.All(r => r.Name != baseline))
        {
            errors.Add($"--baseline {baseline}: there is no such row; there are {string.Join(", ", rows.Select(r => r.Name))}.");
        }

        if (request.Target is { } target && !(target is > 0 and <= 1))
        {
            errors.Add($"--target {target}: a share above 0, at most 1, is expected.");
        }

        var plan = new ComparisonPlan(
            request,
            config,
            lists.Conditions(request.Partitions, request.Budgets),
            [.. rows.Select(r => r with { Axes = AxesOf(r, axes) })],
            request.IsGate ? [] : seeds, // a gate has no table
            searchSeeds,
            baseline
        )
        {
            _folder = folder,
        };
        errors.AddRange(plan.BrokenSettings());
        return plan;
    }

    // A row's own axis stands for the common one of the same setting.
    private static ImmutableArray<Axis> AxesOf(Row row, ILookup<string, Axis> axes) =>
        [
            .. axes[row.Name]
                .Concat(axes[""].Where(a => axes[row.Name].All(own => own.Path != a.Path)))
                .OrderBy(a => a.Path, StringComparer.Ordinal),
        ];

    private IEnumerable<string> BrokenSettings() =>
        Conditions.SelectMany(c => Rows.Select(r => Errors(c, r))).SelectMany(e => e).Distinct(StringComparer.Ordinal);

    private IEnumerable<string> Errors(Condition condition, Row row)
    {
        try
        {
            _ = SettingsOf([.. condition.Overrides, .. row.Overrides, new("actorfed.run.method", row.Method)]);
            return [];
        }
        catch (InvalidSettingsException e)
        {
            return e.Errors.Select(x => x.ToString());
        }
        catch (UserException e)
        {
            return [e.Message];
        }
    }

    private RunSettings SettingsOf(IReadOnlyList<KeyValuePair<string, string>> overrides) =>
        SettingsLoader.Load(
            new SettingOverrides(null, [.. overrides, new("actorfed.output.report", "off")]).ToConfig().WithFallback(Config),
            _folder
        );

    private Cell Cell(CellKind kind, Condition condition, Row row, long seed, ImmutableSortedDictionary<string, string> searched)
    {
        var key = $"{kind}\n{condition.Name}\n{row.Name}\n{seed}\n{Comparison.Cell.Words(searched)}";
        return _cells.TryGetValue(key, out var known) ? known : _cells[key] = MakeCell(kind, condition, row, seed, searched);
    }

    private Cell MakeCell(
        CellKind kind,
        Condition condition,
        Row row,
        long seed,
        ImmutableSortedDictionary<string, string> searched
    )
    {
        var settings = SettingsOf([
            .. condition.Overrides,
            .. row.Overrides,
            .. searched,
            .. kind == CellKind.Search ? OfSearch : [],
            new("actorfed.run.method", row.Method),
            new("actorfed.run.seed", $"{seed}"),
            .. PlanOf(condition, seed),
        ]);
        var data = kind == CellKind.Search ? _dataOfSearch : _data;
        var id = Comparison.Cell.IdOf(kind, settings, _reads[row.Name], [.. data, _files.HashOf(settings.PlanFile)]);
        return new(id, kind, condition, row, seed, searched, settings);
    }

    // What can be known only with the data and the model.
    private ComparisonPlan Fit(SharedParts parts)
    {
        var errors = new List<string>();
        var corpus = parts.Corpus(Common);
        foreach (var row in Rows)
        {
            Note(row, corpus, parts, errors);
        }

        var fitted = this with { Rows = [.. Rows.Select(r => r with { Axes = [.. r.Axes.Where(a => IsSearched(r, a))] })] };
        errors.AddRange(
            Rows.SelectMany(r => r.Axes)
                .Distinct()
                .Where(a => Rows.All(r => !IsSearched(r, a)))
                .Select(Unsearched)
                .Distinct(StringComparer.Ordinal)
        );
        if (corpus.Validation.IsEmpty && fitted.Rows.Any(r => !r.Axes.IsEmpty))
        {
            errors.Add("--search: the data set has no validation part to choose by; set actorfed.data.validation.");
        }

        errors.AddRange(BrokenPartitions(corpus, parts));
        ThrowIfAny(errors);
        var model = parts.Base(Common).Model.Hash.Hex;
        fitted._data = [corpus.Fingerprint(), model];
        fitted._dataOfSearch = [(corpus with { Test = [] }).Fingerprint(), model];
        return fitted;
    }

    private bool Reads(Row row, Axis axis) => !_reads.TryGetValue(row.Name, out var reads) || reads.Includes(axis.Path);

    private bool IsSearched(Row row, Axis axis) =>
        Reads(row, axis) && (!_reads.TryGetValue(row.Name, out var reads) || reads.CanBeSearched);

    private string Unsearched(Axis axis) =>
        Rows.Any(r => Reads(r, axis))
            ? $"--search {axis.Path}: a search judges the global model, which local-only never changes; give it a --variant for each value."
            : $"--search {axis.Path}: no method of this comparison reads it.";

    private void Note(Row row, Corpus corpus, SharedParts parts, List<string> errors)
    {
        var settings = SettingsOf([.. Conditions[0].Overrides, .. row.Overrides, new("actorfed.run.method", row.Method)]);
        try
        {
            _reads[row.Name] = MethodReads.Of(Preparation.MethodOf(settings, corpus, parts), settings);
        }
        catch (UserException e)
        {
            errors.Add($"{row.Name}: {e.Message}");
        }
    }

    private IEnumerable<string> BrokenPartitions(Corpus corpus, SharedParts parts)
    {
        var seeds = Rows.Any(r => !r.Axes.IsEmpty) ? Seeds.Concat(SearchSeeds) : Seeds;
        foreach (var (condition, seed) in Conditions.SelectMany(c => seeds.Select(s => (c, s))))
        {
            string? error = null;
            try
            {
                var settings = SettingsOf([
                    .. condition.Overrides,
                    new("actorfed.run.seed", $"{seed}"),
                    .. PlanOf(condition, seed),
                ]);
                _ =
                    GivenPlan.Read(settings.PlanFile, parts.Folder, corpus)?.Partition
                    ?? Partitioner.Draw(corpus.Train, settings.Partition, seed);
            }
            catch (Exception e) when (e is PartitionException or PlanException or UserException)
            {
                error = $"seed {seed}: {e.Message}";
            }

            if (error is not null)
            {
                yield return error;
            }
        }
    }

    private IEnumerable<KeyValuePair<string, string>> PlanOf(Condition condition, long seed) =>
        Request.Plans is null ? [] : [new("actorfed.partition.plan", _files.PathOf(Request.Plans, condition, seed))];

    private static void ThrowIfAny(List<string> errors)
    {
        if (errors.Count > 0)
        {
            throw new UsageException(string.Join(Environment.NewLine, errors.Distinct(StringComparer.Ordinal)));
        }
    }
}
