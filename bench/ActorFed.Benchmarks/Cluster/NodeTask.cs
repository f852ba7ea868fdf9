using System.Globalization;

namespace ActorFed.Benchmarks.Cluster;

/// <summary>What a node's process is told in one line: take part in this run.</summary>
/// <param name="Run">Its name.</param>
/// <param name="Server">Address of the server's system.</param>
/// <param name="Clients">Clients of the whole run.</param>
/// <param name="First">The first that lives on this node.</param>
/// <param name="Count">How many do.</param>
/// <param name="Numbers">float32 in an update.</param>
/// <param name="Folder">Where the node's files go.</param>
internal sealed record NodeTask(string Run, string Server, int Clients, int First, int Count, int Numbers, string Folder)
{
    public const string Verb = "run";

    public string ToLine() =>
        FormattableString.Invariant($"{Verb}\t{Run}\t{Server}\t{Clients}\t{First}\t{Count}\t{Numbers}\t{Folder}");

    public static NodeTask Parse(string line)
    {
        var parts = line.Split('\t');
        var numbers = parts[3..7].Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        return new(parts[1], parts[2], numbers[0], numbers[1], numbers[2], numbers[3], parts[7]);
    }
}
