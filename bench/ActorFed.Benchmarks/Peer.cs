using System.Diagnostics;

namespace ActorFed.Benchmarks;

/// <summary>Another process of this program. It is told lines and tells lines, and ends when it is told no more.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;

    private Peer(Process process) => _process = process;

    /// <summary>Starts one with these arguments; it has its final code early, since several compile at a time.</summary>
    public static Peer Start(params string[] arguments) => Start("dotnet", [], arguments);

    /// <summary>Starts one on a machine of its own.</summary>
    /// <param name="enter">The arguments of <c>ip</c> that lead there.</param>
    /// <param name="arguments">Its own.</param>
    public static Peer StartIn(string[] enter, params string[] arguments) => Start("ip", [.. enter, "dotnet"], arguments);

    private static Peer Start(string command, string[] before, string[] arguments) =>
        new(
            Process.Start(
                new ProcessStartInfo(command, [.. before, "exec", typeof(Peer).Assembly.Location, .. arguments])
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
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
