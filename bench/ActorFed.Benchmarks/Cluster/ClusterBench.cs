namespace ActorFed.Benchmarks.Cluster;

/// <summary>The nodes' processes of a benchmark, and a folder for what they and the server write; both go with it.</summary>
internal sealed class ClusterBench : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("actorfed-cluster-bench-").FullName;

    /// <summary>Nodes on this machine.</summary>
    public ClusterBench(int nodes)
        : this([.. Enumerable.Range(0, nodes).Select(_ => Peer.Start(ClusterNode.Role))], ClusterNode.Loopback) { }

    /// <summary>Nodes that run already, and the address at which they find the server.</summary>
    public ClusterBench(Peer[] peers, string host) => (Peers, Run) = (peers, new(peers, _folder, host));

    public Peer[] Peers { get; }

    public ClusterRun Run { get; }

    public void Dispose()
    {
        Array.ForEach(Peers, p => p.Dispose());
        Directory.Delete(_folder, recursive: true);
    }
}
