using System.Diagnostics;

namespace ActorFed.Architecture.Tests;

/// <summary>Runs a program to its end and keeps what it said.</summary>
internal static class Command
{
    /// <param name="folder">Working directory.</param>
    /// <param name="environment">Added to the environment; null removes a name from it.</param>
    /// <param name="program">Looked up in PATH.</param>
    /// <param name="arguments">Passed one by one, without a shell.</param>
    public static (int Code, string Said) Run(
        string folder,
        IReadOnlyDictionary<string, string?> environment,
        string program,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        return (process.ExitCode, string.Join('\n', said.GetAwaiter().GetResult()));
    }
}
