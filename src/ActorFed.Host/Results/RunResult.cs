namespace ActorFed.Host.Results;

/// <summary>The object of result.json and of <c>--json</c>: all that a reader, a script or the report needs about one run.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Completed">Whether all rounds were done; false after an interruption.</param>
/// <param name="Method">Method name.</param>
/// <param name="Model">Base model name.</param>
/// <param name="Dataset">Data set name.</param>
/// <param name="Seed">The seed: same seed, same adapterSha256.</param>
/// <param name="Settings">Every setting, path to value, ordinal order.</param>
/// <param name="Versions">What it ran on, name to version.</param>
/// <param name="Data">Who has what.</param>
/// <param name="Clients">Each client's profile and part of the data, in client order.</param>
/// <param name="Rounds">Every committed round, in order.</param>
/// <param name="Final">How the last global model did on the whole test part; null when the run was interrupted.</param>
/// <param name="Bytes">Sums over the rounds.</param>
/// <param name="Seconds">Wall time of training and evaluation, over all processes that worked on the run.</param>
/// <param name="AdapterSha256">Hash of the last global model's encoding; null before the first round.</param>
public sealed record RunResult(
    string Run,
    bool Completed,
    string Method,
    string Model,
    string Dataset,
    long Seed,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyDictionary<string, string> Versions,
    DataResult Data,
    IReadOnlyList<ClientResult> Clients,
    IReadOnlyList<RoundResult> Rounds,
    FinalResult? Final,
    BytesResult Bytes,
    double Seconds,
    string? AdapterSha256
)
{
    /// <summary>Numbers of the adapter that a client of full budget trains, the head not counted; null in results of earlier versions.</summary>
    public long? AdapterParameters { get; init; }
}

/// <summary>The data as the run used it.</summary>
/// <param name="Documents">Documents left after near-duplicates were removed.</param>
/// <param name="DuplicatesRemoved">Near-duplicates removed before the split.</param>
/// <param name="Train">Documents of all shards together.</param>
/// <param name="Validation">Documents of the validation part.</param>
/// <param name="Test">Documents of the test part.</param>
/// <param name="Classes">Names, in label order.</param>
/// <param name="Sha256">Hash of the documents, labels and parts in order: a resumed run must have the same.</param>
public sealed record DataResult(
    int Documents,
    int DuplicatesRemoved,
    int Train,
    int Validation,
    int Test,
    IReadOnlyList<string> Classes,
    string Sha256
);

/// <summary>One client.</summary>
/// <param name="Client">Name.</param>
/// <param name="Examples">Documents of its shard.</param>
/// <param name="Counts">Documents by class, in label order.</param>
/// <param name="EffectiveClasses">exp of the entropy of its class mix: 1 for one class, k for k equal ones.</param>
/// <param name="Budget">Share of the full adapter that it can train.</param>
/// <param name="Speed">Examples a second, simulated.</param>
/// <param name="DownloadRate">Bytes a second.</param>
/// <param name="UploadRate">Bytes a second.</param>
/// <param name="Availability">Probability that it answers an invitation.</param>
/// <param name="Accuracy">Of the final model under the client's own class mix; null before the end.</param>
public sealed record ClientResult(
    string Client,
    int Examples,
    IReadOnlyList<int> Counts,
    double EffectiveClasses,
    double Budget,
    double Speed,
    double DownloadRate,
    double UploadRate,
    double Availability,
    double? Accuracy
)
{
    /// <summary>Its own held-out part; null where it has none, or before the end.</summary>
    public PersonalClient? Personal { get; init; }
}

/// <summary>One committed round.</summary>
/// <param name="Round">1, 2, ...</param>
/// <param name="Contributors">Clients whose update counted.</param>
/// <param name="Late">Clients whose update came after the close.</param>
/// <param name="Refused">Clients whose update was refused, with the reason.</param>
/// <param name="Absent">Invited clients that sent nothing.</param>
/// <param name="TrainLoss">Mean of the contributors' mean losses, nats.</param>
/// <param name="BytesUp">All bytes from the clients.</param>
/// <param name="BytesDown">All bytes to the clients.</param>
/// <param name="Bytes">The same by column.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="SimulatedSeconds">Virtual time, as the profiles say.</param>
/// <param name="Metric">On the validation sample; null when this round was not evaluated.</param>
/// <param name="Loss">Mean negative log-likelihood there, nats.</param>
public sealed record RoundResult(
    int Round,
    IReadOnlyList<string> Contributors,
    IReadOnlyList<string> Late,
    IReadOnlyList<RefusedResult> Refused,
    IReadOnlyList<string> Absent,
    double TrainLoss,
    long BytesUp,
    long BytesDown,
    BytesResult Bytes,
    double Seconds,
    double SimulatedSeconds,
    double? Metric,
    double? Loss
);

/// <summary>An update that was refused.</summary>
public sealed record RefusedResult(string Client, string Why);

/// <summary>Bytes by column; up and down are the sums of their columns.</summary>
/// <param name="Up">From the clients.</param>
/// <param name="Down">To the clients.</param>
/// <param name="PayloadUp">Adapter tensors.</param>
/// <param name="PayloadDown">Adapter tensors.</param>
/// <param name="HeadUp">Task head.</param>
/// <param name="HeadDown">Task head.</param>
/// <param name="MetadataUp">Names, shapes, indices, scores.</param>
/// <param name="MetadataDown">Names, shapes, indices, scores.</param>
/// <param name="Retries">Both ways, bytes that were sent more than once or for nothing.</param>
public sealed record BytesResult(
    long Up,
    long Down,
    long PayloadUp,
    long PayloadDown,
    long HeadUp,
    long HeadDown,
    long MetadataUp,
    long MetadataDown,
    long Retries
)
{
    /// <summary>No bytes.</summary>
    public static BytesResult None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Column by column.</summary>
    public static BytesResult operator +(BytesResult a, BytesResult b) =>
        new(
            a.Up + b.Up,
            a.Down + b.Down,
            a.PayloadUp + b.PayloadUp,
            a.PayloadDown + b.PayloadDown,
            a.HeadUp + b.HeadUp,
            a.HeadDown + b.HeadDown,
            a.MetadataUp + b.MetadataUp,
            a.MetadataDown + b.MetadataDown,
            a.Retries + b.Retries
        );
}

/// <summary>The last global model on the whole test part.</summary>
/// <param name="Metric">accuracy or balanced-accuracy.</param>
/// <param name="Value">The metric; 0 to 1.</param>
/// <param name="N">Documents judged.</param>
/// <param name="Loss">Mean negative log-likelihood, nats.</param>
/// <param name="Accuracy">Share judged right.</param>
/// <param name="BalancedAccuracy">Mean over classes of the share judged right.</param>
/// <param name="MacroF1">Mean F1 over classes.</param>
/// <param name="LastRounds">The same, averaged over the last rounds' models (docs/methods.md); null when only the last one was judged.</param>
/// <param name="PerClient">Spread over the clients of the accuracy under each one's class mix.</param>
public sealed record FinalResult(
    string Metric,
    double Value,
    int N,
    double Loss,
    double Accuracy,
    double BalancedAccuracy,
    double MacroF1,
    LastRoundsResult? LastRounds,
    PerClientResult? PerClient
)
{
    /// <summary>On every client's own held-out part; null where nothing was held out (personal.holdout).</summary>
    public PersonalResult? Personal { get; init; }

    /// <summary>Of wholes whose documents are parts, words of a line; null where documents are wholes themselves.</summary>
    public WholesResult? Wholes { get; init; }
}

/// <summary>Wholes (lines) of the test part of which every document (word) is judged right.</summary>
/// <param name="N">Wholes judged.</param>
/// <param name="Right">Share of them that are right in all their documents.</param>
public sealed record WholesResult(int N, double Right);

/// <summary>Means over the global models of the last <paramref name="Models"/> rounds.</summary>
public sealed record LastRoundsResult(
    int Models,
    double Value,
    double Accuracy,
    double BalancedAccuracy,
    double MacroF1,
    double Loss
);

/// <summary>Mean, smallest and tenth percentile (nearest rank) over the clients; 0 to 1.</summary>
public sealed record PerClientResult(double Mean, double Min, double P10);
