using System.Runtime.InteropServices;

namespace ActorFed.Host;

/// <summary>Ctrl-C and SIGTERM: the first asks for an end after the round, the second aborts, a third leaves the process.</summary>
/// <param name="exit">Ends the process at once.</param>
public sealed class Interrupts(Action<int> exit) : IDisposable
{
    // Linux and macOS; .NET has no name for it.
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();

    // Never given back: whatever still writes while the process ends shall fail, too, and not change its exit code.
    private static readonly Lazy<PosixSignalRegistration> s_fileTooLarge = new(() =>
        PosixSignalRegistration.Create(FileTooLarge, context => context.Cancel = true)
    );

    private readonly List<PosixSignalRegistration> _signals = [];
    private int _count;

    /// <summary>Cancelled by the first: finish the round, save, end.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Cancelled by the second: end now, the last commit stands.</summary>
    public CancellationToken Abort => _abort.Token;

    /// <summary>Takes the process's signals. Only Main calls it.</summary>
    public void Listen()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            _signals.Add(
                PosixSignalRegistration.Create(
                    signal,
                    context =>
                    {
                        context.Cancel = true;
                        Interrupt();
                    }
                )
            );
        }
    }

    /// <summary>A write past the user's limit (ulimit -f) fails like any other, and says so: by default it would end the process in mid-write.</summary>
    public static void LetWritesFail() => _ = s_fileTooLarge.Value;

    /// <summary>One more interruption.</summary>
    public void Interrupt()
    {
        switch (Interlocked.Increment(ref _count))
        {
            case 1:
                _stop.Cancel();
                break;
            case 2:
                _abort.Cancel();
                break;
            default:
                exit((int)ExitCode.Interrupted);
                break;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _signals.ForEach(s => s.Dispose());
        _stop.Dispose();
        _abort.Dispose();
    }
}
