namespace ActorFed.Benchmarks.Cluster;

/// <summary>The nodes' processes of a benchmark, and a folder for what they and the server write; both go with it.</summary>
internal sealed class ClusterBench : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("actorfed-cluster-bench-").FullName;

    public ClusterBench(int nodes)
    {
        Peers = [.. Enumerable.Range(0, nodes).Select(_ => Peer.Start(ClusterNode.Role))];
        Run = new(Peers, _folder);
    }

    public Peer[] Peers { get; }

    public ClusterRun Run { get; }

    public void Dispose()
    {
        Array.ForEach(Peers, p => p.Dispose());
        Directory.Delete(_folder, recursive: true);
    }
}
