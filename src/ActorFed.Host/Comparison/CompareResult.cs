using ActorFed.Host.Results;

namespace ActorFed.Host.Comparison;

/// <summary>The object of compare.json and of <c>--json</c>.</summary>
/// <param name="Completed">Whether every cell is done, or failed for good.</param>
/// <param name="Command">The command, without folders of the machine.</param>
/// <param name="Dataset">Data set name.</param>
/// <param name="Model">Base model name.</param>
/// <param name="Metric">What methods are judged by.</param>
/// <param name="Baseline">The row that the others are compared with.</param>
/// <param name="Seeds">Seeds of the table.</param>
/// <param name="SearchSeeds">Seeds of the search.</param>
/// <param name="Target">Value of the metric that rounds are counted to; null for none.</param>
/// <param name="Gate">What the headroom gate said about this data and these maps; null where nobody asked.</param>
/// <param name="Settings">Settings of every cell, path to value: those that differ from the defaults of the program.</param>
/// <param name="Versions">What it ran on; more than one value where cells were run by several versions.</param>
/// <param name="Tables">One a condition.</param>
/// <param name="Cells">Every cell, those of the search too.</param>
internal sealed record CompareResult(
    bool Completed,
    string Command,
    string Dataset,
    string Model,
    string Metric,
    string Baseline,
    IReadOnlyList<long> Seeds,
    IReadOnlyList<long> SearchSeeds,
    double? Target,
    string? Gate,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyDictionary<string, string> Versions,
    IReadOnlyList<ConditionResult> Tables,
    IReadOnlyList<CellResult> Cells
);

/// <summary>The table of one condition.</summary>
internal sealed record ConditionResult(string Condition, IReadOnlyList<RowResult> Rows)
{
    /// <summary>A title with the condition behind it, where it has a name.</summary>
    public string Titled(string title) => Condition.Length == 0 ? title : $"{title}, {Condition}";
}

/// <summary>One line of a table.</summary>
/// <param name="Row">Its name.</param>
/// <param name="Method">The method.</param>
/// <param name="Overrides">Settings of the row alone.</param>
/// <param name="Found">What the search found, path to value.</param>
/// <param name="Edges">Found values at an end of their grid.</param>
/// <param name="Runs">One a seed that is done.</param>
/// <param name="Final">Mean over the seeds of the final round's model on the test part; null without runs.</param>
/// <param name="Last">The same of the mean over the last rounds' models.</param>
/// <param name="FinalDifference">To the baseline, paired by seed; null for the baseline itself.</param>
/// <param name="LastDifference">The same of the mean over the last rounds' models.</param>
/// <param name="BytesUp">Mean over the seeds.</param>
/// <param name="BytesDown">Mean over the seeds.</param>
/// <param name="SimulatedSeconds">Mean over the seeds.</param>
/// <param name="Seconds">Wall seconds, mean over the seeds.</param>
/// <param name="ToTarget">Rounds until the validation metric reached the target; null without a target.</param>
/// <param name="SameContributors">Share of the rounds in which the same clients counted as for the baseline; null for another number of rounds.</param>
/// <param name="Curve">The validation metric by round, for the chart.</param>
internal sealed record RowResult(
    string Row,
    string Method,
    IReadOnlyDictionary<string, string> Overrides,
    IReadOnlyDictionary<string, string> Found,
    IReadOnlyList<string> Edges,
    IReadOnlyList<SeedResult> Runs,
    double? Final,
    double? Last,
    PairedDifference? FinalDifference,
    PairedDifference? LastDifference,
    double? BytesUp,
    double? BytesDown,
    double? SimulatedSeconds,
    double? Seconds,
    TargetResult? ToTarget,
    double? SameContributors,
    IReadOnlyList<CurvePoint> Curve
)
{
    /// <summary>Numbers of the adapter that a client of full budget trains, the head not counted; null where no cell is done.</summary>
    public long? AdapterParameters { get; init; }

    /// <summary>Share of whole lines right, mean over the seeds; null where documents are no parts of lines.</summary>
    public double? Wholes { get; init; }
}

/// <summary>One run of the table.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Final">The final figures.</param>
/// <param name="Last">The metric's mean over the last rounds' models; the final round's where there is one model.</param>
/// <param name="Bytes">By column.</param>
/// <param name="SimulatedSeconds">Of all rounds.</param>
/// <param name="Seconds">Wall seconds.</param>
/// <param name="ToTarget">Rounds to the target; null where it was not reached.</param>
/// <param name="AdapterSha256">Hash of the final global model.</param>
internal sealed record SeedResult(
    long Seed,
    FinalResult Final,
    double Last,
    BytesResult Bytes,
    double SimulatedSeconds,
    double Seconds,
    int? ToTarget,
    string? AdapterSha256
);

/// <summary>Rounds to a target.</summary>
/// <param name="Mean">Over the seeds that reached it; null for none.</param>
/// <param name="Reached">Seeds that reached it.</param>
/// <param name="N">Seeds.</param>
internal sealed record TargetResult(double? Mean, int Reached, int N);

/// <summary>The validation metric after one round.</summary>
/// <param name="Round">The round.</param>
/// <param name="Mean">Over the seeds.</param>
/// <param name="Low">Lower end of the mean's 95 % t-interval; null for one seed.</param>
/// <param name="High">Upper end.</param>
/// <param name="N">Seeds.</param>
internal sealed record CurvePoint(int Round, double Mean, double? Low, double? High, int N);

/// <summary>One cell.</summary>
/// <param name="Id">Its file in cells/.</param>
/// <param name="Condition">Where.</param>
/// <param name="Row">Which line.</param>
/// <param name="Kind">search or test.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Searched">The searched settings as it had them.</param>
/// <param name="State">done, failed or open.</param>
/// <param name="Value">The metric: on validation for a search cell, on the test part for the others; null unless done.</param>
/// <param name="Loss">Mean negative log-likelihood of the same.</param>
/// <param name="Seconds">Wall seconds.</param>
/// <param name="Failed">Why it failed.</param>
internal sealed record CellResult(
    string Id,
    string Condition,
    string Row,
    string Kind,
    long Seed,
    IReadOnlyDictionary<string, string> Searched,
    string State,
    double? Value,
    double? Loss,
    double? Seconds,
    string? Failed
);
