using System.Diagnostics;
using Akka.Actor;

namespace Akka.Tests;

/// <summary>This assembly as a program of its own, for what only the end of a process shows.</summary>
public static class ChildProcess
{
    private const string DisposeAndExit = "dispose-and-exit";
    private const string ExitWhileRunning = "exit-while-running";

    public static readonly TheoryData<string> Scenarios = [DisposeAndExit, ExitWhileRunning];

    public static int Main(string[] args)
    {
        switch (args)
        {
            case [DisposeAndExit]:
                Dispose();
                return 0;
            case [ExitWhileRunning]:
                NewSystem();
                return 0;
            default:
                return 2;
        }
    }

    private static void Dispose()
    {
        using var system = NewSystem();
        Debug.WriteLine(system.Name);
    }

    private static ActorSystem NewSystem()
    {
        var system = ActorSystem.Create("child");
        CoordinatedShutdown
            .Get(system)
            .AddTask(
                CoordinatedShutdown.PhaseBeforeServiceUnbind,
                "tell",
                () =>
                {
                    Console.WriteLine("shutdown ran");
                    return Task.FromResult(Done.Instance);
                }
            );
        return system;
    }

    /// <summary>Runs a scenario and gives its exit code and everything that it wrote.</summary>
    public static async Task<(int Code, string Output, string Errors)> Run(string scenario)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(ChildProcess).Assembly.Location, scenario])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await LocalSystem.Soon(process.WaitForExitAsync());
        return (process.ExitCode, await output, await errors);
    }
}
