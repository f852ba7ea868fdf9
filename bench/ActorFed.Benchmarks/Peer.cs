using System.Diagnostics;

namespace ActorFed.Benchmarks;

/// <summary>Another process of this program. It is told lines and tells lines, and ends when it is told no more.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;

    private Peer(Process process) => _process = process;

    /// <summary>Starts one with these arguments; it has its final code early, since several compile at a time.</summary>
    public static Peer Start(params string[] arguments) =>
        new(
            Process.Start(
                new ProcessStartInfo("dotnet", ["exec", typeof(Peer).Assembly.Location, .. arguments])
                {
                    UseShellExecute = false,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    Environment = { ["DOTNET_TieredPGO"] = "0" },
                }
            )!
        );

    /// <summary>Tells it a line.</summary>
    public void Tell(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>The next line that it says.</summary>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public string Hear() =>
        _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The other process has ended.");

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
