using System.Globalization;

namespace ActorFed.Benchmarks.Cluster;

/// <summary>The server's machine of <see cref="LineRound"/>: holds runs with nodes on other machines and says what their rounds took.</summary>
internal static class LineServer
{
    /// <summary>What such a process is started with.</summary>
    public const string Role = "line-server";

    private const int WarmUpNumbers = 1_000;

    /// <summary>
    /// Arguments: own address, rounds of a run, and for each node the command that enters its machine, as one word with blanks, and its
    /// address. A line on stdin is a run, "clients numbers"; its answer is a line of seconds.
    /// </summary>
    public static int Serve(string[] arguments)
    {
        var rounds = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var peers = arguments[2..].Chunk(2).Select(node => Peer.StartIn(node[0].Split(' '), ClusterNode.Role, node[1])).ToArray();
        using var bench = new ClusterBench(peers, arguments[0]);
        bench.Run.Hold(peers.Length, rounds, WarmUpNumbers);
        while (Console.In.ReadLine() is { } line)
        {
            var asked = line.Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
            var held = bench.Run.Hold(asked[0], rounds, asked[1]);
            Console.WriteLine(string.Join(' ', held.Rounds.Select(r => r.Wall.ToString("R", CultureInfo.InvariantCulture))));
        }

        return 0;
    }
}
