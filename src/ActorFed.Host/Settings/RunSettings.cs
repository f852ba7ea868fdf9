using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ActorFed.Actors.Configuration;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Transfer;
using ActorFed.Host.Security;
using ActorFed.Training.Data;
using ActorFed.Training.Methods;
using ActorFed.Training.Partitioning;
using ActorFed.Training.Profiles;
using ActorFed.Training.Settings;

namespace ActorFed.Host.Settings;

/// <summary>All settings of a run, checked.</summary>
/// <param name="Texts">Every key with its text: what settings.conf holds.</param>
/// <param name="Training">Those that floor 0 declares.</param>
/// <param name="Round">How rounds are held.</param>
/// <param name="Partition">How documents are shared out.</param>
/// <param name="Profiles">What clients are like.</param>
/// <param name="Corpus">How the data is cut.</param>
public sealed record RunSettings(
    ImmutableSortedDictionary<string, string> Texts,
    SettingValues Training,
    RoundOptions Round,
    PartitionOptions Partition,
    ProfileOptions Profiles,
    CorpusOptions Corpus
)
{
    /// <summary>The methods that the run can choose from.</summary>
    public MethodSet Methods { get; init; } = MethodCatalog.BuiltIn;

    /// <summary>Method name.</summary>
    public string Method => this["run.method"];

    /// <summary>Base model name.</summary>
    public string Model => this["model.name"];

    /// <summary>Data set name.</summary>
    public string Dataset => this["data.dataset"];

    /// <summary>Rounds of the run.</summary>
    public int Rounds => Whole("run.rounds");

    /// <summary>The seed.</summary>
    public long Seed => long.Parse(this["run.seed"]);

    /// <summary>The run of local-only to measure gains against; empty for none.</summary>
    public string LocalOnly => this["evaluate.local-only"];

    /// <summary>The plan.json to follow; empty to draw.</summary>
    public string PlanFile => this["partition.plan"];

    /// <summary>How cohorts are drawn: uniform, by-size, by-availability or cyclic.</summary>
    public string CohortScheme => this["partition.cohorts"];

    /// <summary>Tokens kept of a document.</summary>
    public int MaxTokens => Training.Whole("train.max-tokens");

    /// <summary>Validation documents judged after a round; 0 for all.</summary>
    public int EvaluateSample => Whole("evaluate.sample");

    /// <summary>Last global models judged on the test part.</summary>
    public int LastRounds => Whole("evaluate.last-rounds");

    /// <summary>What the run is judged by: accuracy, balanced-accuracy or macro-f1.</summary>
    public string Metric =>
        this["evaluate.metric"] is not "auto" and var named ? named
        : Dataset.StartsWith("spam-assassin", StringComparison.Ordinal) ? "balanced-accuracy"
        : "accuracy";

    /// <summary>Clients trained at a time.</summary>
    public int Workers => Whole("simulate.workers") is > 0 and var n ? n : Environment.ProcessorCount;

    /// <summary>Rounds whose state is kept.</summary>
    public int Keep => Math.Max(Whole("output.keep"), LastRounds);

    /// <summary>Whether report.html is written.</summary>
    public bool Report => this["output.report"] is "on" or "true" or "yes";

    /// <summary>For join: the node's name; empty for the machine's.</summary>
    public string NodeName => this["node.name"];

    /// <summary>For join: which clients live on the node.</summary>
    public NodeClients NodeClients => NodeClients.Parse(this["node.clients"]);

    /// <summary>Where this process trains and judges.</summary>
    public ComputeDevice Device => ComputeDevice.Parse(this[ComputeDevice.Key]);

    /// <summary>For join: how long a server may be out of reach.</summary>
    public TimeSpan NodePatience =>
        Akka.Configuration.ConfigurationFactory.ParseString(ToText()).GetTimeSpan("actorfed.node.patience");

    /// <summary>This machine's folder of certificates; empty for none.</summary>
    public string SecurityFolder => this[SecurityKeys.Folder];

    /// <summary>For serve: who may take part.</summary>
    public string SecurityAllow => this[SecurityKeys.Allow];

    /// <summary>How tensors cross between processes.</summary>
    public TransferOptions Transfer => TransferSettings.Load(Akka.Configuration.ConfigurationFactory.ParseString(ToText()));

    /// <summary>The text of a key below actorfed.</summary>
    public string this[string key] => Texts[$"{SettingKey.Root}.{key}"];

    /// <summary>SHA-256 of those that decide the result, hexadecimal.</summary>
    public string Hash =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(SettingTree.Text(Texts.Where(t => SettingCatalog.Decides(t.Key)))))
        );

    /// <summary>The file settings.conf.</summary>
    public string ToText() => SettingTree.Text(Texts);

    private int Whole(string key) => int.Parse(this[key]);
}
