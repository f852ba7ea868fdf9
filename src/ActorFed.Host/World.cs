namespace ActorFed.Host;

/// <summary>What the process sees of the world. One value, made in Main; tests make their own.</summary>
/// <param name="Out">Results, and nothing else.</param>
/// <param name="Error">Progress and messages.</param>
/// <param name="ErrorIsTerminal">Whether somebody watches <paramref name="Error"/>.</param>
/// <param name="Variable">The environment.</param>
/// <param name="Time">The wall clock: for durations that are shown, never for decisions.</param>
/// <param name="Interrupts">SIGINT and SIGTERM.</param>
/// <param name="Folder">The current folder: runs/ is made in it.</param>
public sealed record World(
    TextWriter Out,
    TextWriter Error,
    bool ErrorIsTerminal,
    Func<string, string?> Variable,
    TimeProvider Time,
    Interrupts Interrupts,
    string Folder
)
{
    /// <summary>Whether somebody watches <see cref="Out"/>: only then it gets colours.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Where runs without --out go.</summary>
    public string Runs => Path.Combine(Folder, "runs");

    /// <summary>The npm packages that set-up brought.</summary>
    public NpmCache Npm => NpmCache.FromEnvironment(Variable);
}
