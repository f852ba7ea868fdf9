using ActorFed.Host.Settings;

namespace ActorFed.Host.Comparison;

/// <summary>What the command line asks of <c>compare</c>, as it was written: <see cref="ComparisonPlan"/> reads and checks it.</summary>
/// <param name="Settings">Settings of every cell.</param>
/// <param name="Methods">Method names, separated by commas.</param>
/// <param name="Seeds">Seeds of the reported cells: 1,2,3 or 1-3.</param>
/// <param name="Out">The comparison's folder.</param>
internal sealed record CompareRequest(SettingOverrides Settings, string Methods, string Seeds, string Out)
{
    /// <summary>More rows: NAME=METHOD;path=value;path=value.</summary>
    public IReadOnlyList<string> Variants { get; init; } = [];

    /// <summary>Seeds of the search.</summary>
    public string SearchSeeds { get; init; } = "101";

    /// <summary>What is searched: path=value,value or ROW:path=value,value.</summary>
    public IReadOnlyList<string> Search { get; init; } = [];

    /// <summary>Partitions, separated by commas; null for the one of the settings.</summary>
    public string? Partitions { get; init; }

    /// <summary>Distributions of budgets, separated by commas; null for the one of the settings.</summary>
    public string? Budgets { get; init; }

    /// <summary>The row that the others are compared with; null for the first.</summary>
    public string? Baseline { get; init; }

    /// <summary>Value of the metric on the validation part that rounds are counted to, 0 to 1; null for none.</summary>
    public double? Target { get; init; }

    /// <summary>Print the plan and train nothing.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>Run cells that failed before once more.</summary>
    public bool Retry { get; init; }

    /// <summary>Folder of plans of another comparison, whose partitions and cohorts are taken; null to draw.</summary>
    public string? Plans { get; init; }

    /// <summary>Write what each final model says of each test document.</summary>
    public bool Predictions { get; init; }

    /// <summary>Run the headroom gate instead of a comparison; see <see cref="Gate"/>.</summary>
    public bool IsGate { get; init; }

    /// <summary>The low and the high rank of the gate.</summary>
    public string GateRanks { get; init; } = "1,16";

    /// <summary>gate.json of a gate that was run before: its verdict stands beside the tables; null for none.</summary>
    public string? GateFile { get; init; }

    /// <summary>Print compare.json on stdout.</summary>
    public bool Json { get; init; }

    /// <summary>The command as a reader can repeat it; folders of this machine left out.</summary>
    public string Command { get; init; } = "";
}
