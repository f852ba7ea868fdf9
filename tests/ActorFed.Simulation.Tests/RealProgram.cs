using System.Diagnostics;
using System.Globalization;

namespace ActorFed.Simulation.Tests;

/// <summary>The program as a process of its own, for what only a process shows: signals, limits, its exit code and its last words.</summary>
internal sealed class RealProgram : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _out;
    private readonly List<string> _errors = [];

    private RealProgram(Process process) => (_process, _out) = (process, process.StandardOutput.ReadToEndAsync());

    /// <summary>Every line of stderr that was read, in order.</summary>
    public string Errors => string.Join('\n', _errors);

    public int Code => _process.ExitCode;

    /// <summary>Starts it.</summary>
    /// <param name="folder">Its working directory.</param>
    /// <param name="arguments">Verb and options.</param>
    /// <param name="limits">What a shell does before it becomes the program, for instance ulimit; may be empty.</param>
    public static RealProgram Start(string folder, string[] arguments, string limits = "")
    {
        var start = new ProcessStartInfo("bash")
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        string[] all =
        [
            "-c",
            $"{limits}\nexec dotnet \"$0\" \"$@\"",
            Path.Combine(AppContext.BaseDirectory, "ActorFed.Host.dll"),
            .. arguments,
        ];
        Array.ForEach(all, start.ArgumentList.Add);
        return new(Process.Start(start)!);
    }

    /// <summary>Reads stderr up to a line that begins so; it fails with all that was said when there is none.</summary>
    public async Task SaysAsync(string beginning)
    {
        do
        {
            var line = await _process.StandardError.ReadLineAsync();
            Assert.True(line is not null, $"No line began with '{beginning}':\n{Errors}");
            _errors.Add(line);
        } while (!_errors[^1].StartsWith(beginning, StringComparison.Ordinal));
    }

    /// <summary>Reads stderr to its end and waits for the exit.</summary>
    /// <returns>What stdout had.</returns>
    public async Task<string> EndsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _errors.Add(line);
        }

        await _process.WaitForExitAsync();
        return await _out;
    }

    /// <summary>What Ctrl-C in a terminal sends.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("bash", ["-c", $"kill -INT {_process.Id.ToString(CultureInfo.InvariantCulture)}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>What nothing can catch.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(); // a test that failed leaves nothing running
        }

        _process.Dispose();
    }
}
