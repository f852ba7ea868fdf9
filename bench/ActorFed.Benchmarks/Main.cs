using ActorFed.Benchmarks;
using ActorFed.Benchmarks.Cluster;
using ActorFed.Benchmarks.Flood;
using ActorFed.Benchmarks.Kernel;
using ActorFed.Benchmarks.Rounds;
using ActorFed.Benchmarks.Transfer;

// One question a name; each prints its table and returns 0, or 1 when a limit is missed.
var questions = new Dictionary<string, Func<string[], int>>(StringComparer.Ordinal)
{
    ["binding"] = Binding.Run,
    ["kernel"] = KernelBenchmark.Run,
    ["remote"] = RemoteBenchmark.Run,
    ["noop-round"] = NoOpRound.Run,
    ["fleet"] = Fleet.Run,
    ["workers"] = Workers.Run,
    ["cluster-round"] = ClusterRound.Run,
    ["many-clients"] = ManyClients.Run,
    ["line-round"] = LineRound.Run,
    ["flood"] = FloodBenchmark.Run,
    ["packed"] = PackedForms.Run,
};

// What questions about several processes start the others with.
var others = new Dictionary<string, Func<string[], int>>(StringComparer.Ordinal)
{
    [RemotePeer.Role] = RemotePeer.Serve,
    [ClusterNode.Role] = ClusterNode.Serve,
    [LineServer.Role] = LineServer.Serve,
    [FloodMachine.Role] = FloodMachine.Serve,
};

if (args.Length > 0 && others.TryGetValue(args[0], out var serve))
{
    return serve(args[1..]);
}

if (args.Length > 0 && questions.TryGetValue(args[0], out var run))
{
    return run(args[1..]);
}
Console.Error.WriteLine(
    $"usage: benchmarks QUESTION [options]; questions: {string.Join(", ", questions.Keys.Order(StringComparer.Ordinal))}"
);
return 2;
