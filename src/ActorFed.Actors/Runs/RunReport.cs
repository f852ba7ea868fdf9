using System.Collections.Immutable;
using ActorFed.Actors.Roster;
using static ActorFed.Actors.Runs.StatusProtocol;

namespace ActorFed.Actors.Runs;

/// <summary>What a run says of itself to anybody. Pure.</summary>
internal static class RunReport
{
    public static RunStatus Of(RunSpec spec, RunStage stage, RunProgress? progress, ImmutableArray<NodeEntry> nodes) =>
        new(
            spec.Run,
            spec.Method.Name,
            stage,
            progress?.Last.Number ?? 0,
            spec.LastRound,
            progress?.Attempt ?? 0,
            spec.Clients.Length,
            progress is { Commits: [.., var last] } ? last.Summary.TrainLoss : 0,
            progress?.Commits.Sum(c => c.Summary.Up.Total) ?? 0,
            progress?.Commits.Sum(c => c.Summary.Down.Total) ?? 0,
            [.. nodes.Select(Of)]
        );

    private static NodeStatus Of(NodeEntry entry) =>
        new(
            entry.Node.Node,
            entry.Address,
            entry.Node.Clients.Length,
            entry.Node.Slots,
            entry.Node.Capacity?.Devices ?? [],
            entry.Node.Capacity?.Memory ?? 0,
            entry.Node.Capacity?.Speed ?? 0,
            entry.Node.Capacity?.MatrixKernels ?? ""
        );
}
