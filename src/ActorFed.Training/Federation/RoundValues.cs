using System.Collections.Immutable;
using ActorFed.Training.Encoding;

namespace ActorFed.Training.Federation;

/// <summary>All that the server keeps between two rounds. Both parts are blobs of a checkpoint.</summary>
/// <param name="Global">The global model: adapter and head tensors.</param>
/// <param name="Memory">The server's own: momenta, scores, who missed what; never sent to a client as it is.</param>
public sealed record ServerState(TensorSet Global, TensorSet Memory);

/// <summary>What one client gets for one round.</summary>
/// <param name="Download">The tensors that it starts from. Methods that send everybody the same give everybody the same reference.</param>
/// <param name="Plan">What it may train, and how.</param>
/// <param name="UploadBytes">Payload that it will send, known before training: simulated time follows from it.</param>
public sealed record Assignment(TensorSet Download, LocalPlan Plan, long UploadBytes)
{
    /// <summary>
    /// Least payload of a client that may send less: fewer components, a pruned rank. Null where it sends exactly
    /// <see cref="UploadBytes"/> and each tensor in the shape in which it came; else no dimension may grow.
    /// </summary>
    public long? LeastUploadBytes { get; init; }

    /// <summary>The tensors as the client reads them, where <see cref="Download"/> is their code; null where it is not.</summary>
    public TensorSet? Start { get; init; }
}

/// <summary>One client's training of one round, as its device gets it.</summary>
/// <param name="Client">Whose data.</param>
/// <param name="Round">Which round.</param>
/// <param name="Attempt">0, then 1, 2, ... when a fault made somebody begin again.</param>
/// <param name="Start">The downloaded tensors.</param>
/// <param name="Plan">What may be trained.</param>
/// <param name="Personal">What the client kept from its earlier rounds; null at first. It never leaves the client.</param>
/// <param name="MicroBatch">Examples in one forward pass; 0 for the setting. Halved by supervision when memory ran out; the result's bits are those of the micro-batch.</param>
public sealed record LocalWork(
    ClientId Client,
    RoundId Round,
    int Attempt,
    TensorSet Start,
    LocalPlan Plan,
    TensorSet? Personal,
    int MicroBatch = 0
);

/// <summary>What a client's training gave.</summary>
/// <param name="Upload">What leaves the client.</param>
/// <param name="Examples">Examples of its shard; the weight where a run weights by samples.</param>
/// <param name="Steps">Optimiser steps taken.</param>
/// <param name="TrainLoss">Mean loss over the steps, nats.</param>
/// <param name="Personal">What stays with the client for its next round; null for nothing.</param>
/// <param name="Metrics">More figures by name, for clients.csv.</param>
public sealed record LocalResult(
    TensorSet Upload,
    long Examples,
    int Steps,
    double TrainLoss,
    TensorSet? Personal,
    ImmutableSortedDictionary<string, double> Metrics
);

/// <summary>One client's update as aggregation sees it.</summary>
public sealed record Contribution(ClientId Client, TensorSet Upload, long Examples);

/// <summary>How a model did on one part of the data.</summary>
/// <param name="N">Documents judged.</param>
/// <param name="Accuracy">Share judged right.</param>
/// <param name="BalancedAccuracy">Mean over the classes present of the share judged right in the class.</param>
/// <param name="MacroF1">Mean F1 over the classes present.</param>
/// <param name="Loss">Mean negative log-likelihood, nats.</param>
public sealed record Evaluation(int N, double Accuracy, double BalancedAccuracy, double MacroF1, double Loss);

/// <summary>Which documents an evaluation reads.</summary>
public enum CorpusPart
{
    /// <summary>The validation part (or its seeded stratified sample): what settings may be chosen by.</summary>
    Validation = 1,

    /// <summary>The whole test part: read at the end.</summary>
    Test = 2,
}
