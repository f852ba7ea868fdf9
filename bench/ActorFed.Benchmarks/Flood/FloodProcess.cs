using System.Diagnostics;
using System.Globalization;
using ActorFed.Cluster.Tests;

namespace ActorFed.Benchmarks.Flood;

/// <summary>One machine of the flood, as the measuring process sees it: lines in, lines out.</summary>
internal sealed class FloodProcess : IDisposable
{
    private readonly Process _process;

    public FloodProcess(Laboratory laboratory, int machine, string role, int blobs, string seed)
    {
        var assembly = typeof(FloodProcess).Assembly.Location;
        string[] own = [FloodMachine.Role, role, laboratory.HostOf(machine), $"{blobs}", seed];
        _process = Process.Start(
            new ProcessStartInfo("ip", [.. laboratory.Enter(machine), "dotnet", "exec", assembly, .. own])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
    }

    /// <summary>What it said of its address.</summary>
    public string Address { get; private set; } = "";

    public void Tell(string line) => _process.StandardInput.WriteLine(line);

    /// <summary>Reads up to the line that begins with this word.</summary>
    /// <returns>The words after it.</returns>
    public string[] Says(string word)
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            var words = line.Split(' ');
            Address = words[0] == "address" ? words[1] : Address;
            if (words[0] == word)
            {
                return words[1..];
            }
        }

        throw new InvalidOperationException($"A machine ended before it said '{word}'.");
    }

    public double[] Numbers(string word) => [.. Says(word).Select(v => double.Parse(v, CultureInfo.InvariantCulture))];

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
