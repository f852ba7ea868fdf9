namespace ActorFed.Host;

/// <summary>How the process ends. The whole list stands in <c>--help</c>; a code never changes its meaning.</summary>
public enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>A bug of ours: it keeps its stack trace.</summary>
    Bug = 1,

    /// <summary>Bad settings or usage: the message names each.</summary>
    BadSettings = 2,

    /// <summary>The run failed: data, numbers, disk.</summary>
    RunFailed = 3,

    /// <summary>Something needed is missing, and the message says how to get it.</summary>
    Missing = 4,

    /// <summary>Interrupted; the state of the last committed round is saved.</summary>
    Interrupted = 130,
}

/// <summary>Words for the codes, as <c>--help</c> shows them.</summary>
public static class ExitCodes
{
    /// <summary>One line a code.</summary>
    public static string Help { get; } =
        string.Join(Environment.NewLine, Enum.GetValues<ExitCode>().Select(code => $"  {(int)code, -4} {Meaning(code)}"));

    /// <summary>What a code means.</summary>
    public static string Meaning(ExitCode code) =>
        code switch
        {
            ExitCode.Done => "done",
            ExitCode.Bug => "a bug, shown with its stack trace",
            ExitCode.BadSettings => "bad settings or usage",
            ExitCode.RunFailed => "the run failed",
            ExitCode.Missing => "something needed is missing; the message says how to get it",
            ExitCode.Interrupted => "interrupted; go on with simulate --resume RUN, or the same compare",
            _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Unknown exit code."),
        };
}
