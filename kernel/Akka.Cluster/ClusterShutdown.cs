using Akka.Actor;

namespace Akka.Cluster;

/// <summary>The part of a cluster in the coordinated shutdown: leave, let others take over, say so, end.</summary>
internal static class ClusterShutdown
{
    public static void Register(Cluster cluster, CoordinatedShutdown shutdown)
    {
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "leave", () => Leave(cluster));
        shutdown.AddTask(
            CoordinatedShutdown.PhaseClusterExitingDone,
            "exiting-completed",
            () =>
            {
                cluster.Tell(ClusterDaemon.ExitingDone.Instance);
                return Task.FromResult(Done.Instance);
            }
        );
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterShutdown, "wait-shutdown", () => End(cluster));
    }

    /// <summary>Completes when this node is exiting, and the others know; at once if it is no member, or down.</summary>
    private static async Task<Done> Leave(Cluster cluster)
    {
        var exiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Tell(new ClusterDaemon.LeaveAndTell(exiting));
        await Task.WhenAny(exiting.Task, cluster.Ended).ConfigureAwait(false);
        return Done.Instance;
    }

    private static async Task<Done> End(Cluster cluster)
    {
        cluster.Shutdown();
        await cluster.Ended.ConfigureAwait(false);
        return Done.Instance;
    }
}
