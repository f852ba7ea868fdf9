using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace ActorFed.Simulation.Tests;

/// <summary>The program as a process of its own, for what only a process shows: signals, limits, its exit code and its last words.</summary>
internal sealed class RealProgram : IDisposable
{
    private readonly Process _process;
    private readonly Printed _printed = new();
    private readonly Task<string> _out;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _errors = [];

    private RealProgram(Process process)
    {
        (_process, _out) = (process, _printed.ReadAsync(process.StandardOutput));
        _ = ReadLinesAsync(); // always: a program that nobody listens to would wait once its pipe is full
    }

    /// <summary>Every line of stderr that was read, in order.</summary>
    public string Errors => string.Join('\n', _errors);

    public int Code => _process.ExitCode;

    /// <summary>Starts it.</summary>
    /// <param name="folder">Its working directory.</param>
    /// <param name="arguments">Verb and options.</param>
    /// <param name="limits">What a shell does before it becomes the program, for instance ulimit; may be empty.</param>
    // A shell without job control starts what runs in its background deaf to Ctrl-C, and that is inherited: these tests hear it everywhere.
    public static RealProgram Start(string folder, string[] arguments, string limits = "") =>
        Command(folder, "bash", ["-c", $"{limits}\nexec env --default-signal=INT dotnet \"$0\" \"$@\"", Host, .. arguments]);

    /// <summary>Starts another program, which may start ours.</summary>
    public static RealProgram Command(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        start.Environment["TERM"] = "xterm-256color"; // for what asks
        start.Environment["TMPDIR"] = folder; // a process that is killed leaves its sockets there
        return new(Process.Start(start)!);
    }

    /// <summary>The program's assembly.</summary>
    public static string Host { get; } = Path.Combine(AppContext.BaseDirectory, "ActorFed.Host.dll");

    /// <summary>Reads stderr up to a line that begins so; it fails with all that was said when there is none.</summary>
    /// <returns>The line.</returns>
    public async Task<string> SaysAsync(string beginning)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync())
        {
            _errors.Add(line);
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }
        }

        Assert.Fail($"No line began with '{beginning}':\n{Errors}");
        return "";
    }

    /// <summary>Waits until stdout has this text somewhere; it fails with all that was printed when it ends without.</summary>
    public Task PrintsAsync(string text) => _printed.HasAsync(text);

    /// <summary>Reads stderr to its end and waits for the exit.</summary>
    /// <returns>What stdout had.</returns>
    public async Task<string> EndsAsync()
    {
        await foreach (var line in _lines.Reader.ReadAllAsync())
        {
            _errors.Add(line);
        }

        await _process.WaitForExitAsync();
        return await _out;
    }

    /// <summary>What Ctrl-C in a terminal sends.</summary>
    public Task InterruptAsync() => SignalAsync("INT");

    /// <summary>Sends a signal: STOP, CONT, TERM.</summary>
    public Task SignalAsync(string name) => OnProcessAsync($"kill -{name}");

    /// <summary>From here on no file of it may grow beyond so many bytes (RLIMIT_FSIZE).</summary>
    public Task LimitFilesAsync(int bytes) =>
        OnProcessAsync($"prlimit --fsize={bytes.ToString(CultureInfo.InvariantCulture)} --pid");

    /// <summary>What somebody types.</summary>
    public void Type(string keys)
    {
        _process.StandardInput.Write(keys);
        _process.StandardInput.Flush();
    }

    /// <summary>What nothing can catch.</summary>
    public void Kill() => _process.Kill();

    private async Task ReadLinesAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.Complete();
    }

    private async Task OnProcessAsync(string command)
    {
        using var done = Process.Start("bash", ["-c", $"{command} {_process.Id.ToString(CultureInfo.InvariantCulture)}"]);
        await done.WaitForExitAsync();
        Assert.Equal(0, done.ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(); // a test that failed leaves nothing running
        }

        _process.Dispose();
    }
}
