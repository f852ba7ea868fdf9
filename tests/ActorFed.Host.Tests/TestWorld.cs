namespace ActorFed.Host.Tests;

/// <summary>A world of strings: what the program said, and an environment of our own.</summary>
internal sealed class TestWorld : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    public TestWorld()
    {
        Interrupts = new(Exits.Add);
        World = new(Out, Error, false, Variable, new StoppedClock(), Interrupts, Folder);
    }

    public StringWriter Out { get; } = new();

    public StringWriter Error { get; } = new();

    public List<int> Exits { get; } = [];

    public Interrupts Interrupts { get; }

    public World World { get; }

    public string Folder => _folder.Path;

    public TestWorld With(string variable, string value)
    {
        _variables[variable] = value;
        return this;
    }

    public string In(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
    }

    public void Dispose()
    {
        Interrupts.Dispose();
        _folder.Dispose();
    }

    private string? Variable(string name) =>
        _variables.TryGetValue(name, out var own) ? own
        : name is "HOME" or "ACTORFED_CACHE" or "XDG_CACHE_HOME" or "OMP_NUM_THREADS" ? Environment.GetEnvironmentVariable(name)
        : null;

    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
