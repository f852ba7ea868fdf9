using System.Globalization;
using ActorFed.Cluster.Tests;

namespace ActorFed.Benchmarks.Flood;

/// <summary>One machine of the flood, as the measuring process sees it: lines in, lines out.</summary>
internal sealed class FloodProcess(Laboratory laboratory, int machine, string role, int blobs, string seed) : IDisposable
{
    private readonly Peer _peer = Peer.StartIn(
        laboratory.Enter(machine),
        FloodMachine.Role,
        role,
        laboratory.HostOf(machine),
        $"{blobs}",
        seed
    );

    /// <summary>What it said of its address.</summary>
    public string Address { get; private set; } = "";

    public void Tell(string line) => _peer.Tell(line);

    /// <summary>Reads up to the line that begins with this word.</summary>
    /// <returns>The words after it.</returns>
    public string[] Says(string word)
    {
        while (true)
        {
            var words = _peer.Hear().Split(' ');
            Address = words[0] == "address" ? words[1] : Address;
            if (words[0] == word)
            {
                return words[1..];
            }
        }
    }

    public double[] Numbers(string word) => [.. Says(word).Select(v => double.Parse(v, CultureInfo.InvariantCulture))];

    public void Dispose() => _peer.Dispose();
}
