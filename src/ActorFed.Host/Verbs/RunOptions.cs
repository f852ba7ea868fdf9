using System.CommandLine;
using System.CommandLine.Parsing;
using ActorFed.Host.Settings;

namespace ActorFed.Host.Verbs;

/// <summary>The options that name settings: --config, --set, and a short one for each common setting.</summary>
/// <param name="without">Short options that the verb has its own word for.</param>
internal sealed class RunOptions(params string[] without)
{
    private const string SchemePath = "actorfed.partition.scheme";

    // Option, setting, what it says. A short option is exactly --set of its path.
    private static readonly (string Name, string Path, string Says)[] Short =
    [
        ("--method", "actorfed.run.method", "Federated method, e.g. fedit."),
        ("--rounds", "actorfed.run.rounds", "Rounds to run."),
        ("--seed", "actorfed.run.seed", "Same seed, same bits."),
        ("--model", "actorfed.model.name", "Base model."),
        ("--dataset", "actorfed.data.dataset", "Data set by name."),
        ("--data-root", "actorfed.data.root", "Folder of data sets that set-up does not bring."),
        ("--clients", "actorfed.partition.clients", "Clients that share the training documents."),
        ("--partition", SchemePath, "How they share them; scheme:number sets its parameter, e.g. dirichlet:0.3."),
        ("--budgets", "actorfed.profiles.budgets", "How the clients' budgets are distributed."),
        ("--per-round", "actorfed.round.per-round", "Updates that a round takes."),
        ("--workers", "actorfed.simulate.workers", "Clients trained at a time; the result does not depend on it."),
    ];

    private readonly Option<FileInfo?> _config = new("--config") { Description = "HOCON file with settings." };
    private readonly Option<string[]> _set = new("--set")
    {
        Description = "One setting: path=value; may be repeated.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly List<(Option<string?> Option, string Path)> _short =
    [
        .. Short
            .Where(s => !without.Contains(s.Name))
            .Select(s => (new Option<string?>(s.Name) { Description = $"{s.Says} ({s.Path})" }, s.Path)),
    ];

    public void AddTo(Command verb)
    {
        verb.Add(_config);
        verb.Add(_set);
        _short.ForEach(s => verb.Add(s.Option));
    }

    /// <summary>What the command line says about settings.</summary>
    /// <exception cref="UsageException">A --set without '=', or a file that is not there.</exception>
    public SettingOverrides Read(ParseResult parsed)
    {
        var file = parsed.GetValue(_config);
        if (file is { Exists: false })
        {
            throw new UsageException($"--config {file}: there is no such file.");
        }

        var given = new List<KeyValuePair<string, string>>();
        foreach (var (option, path) in _short)
        {
            if (parsed.GetValue(option) is { } value)
            {
                given.AddRange(path == SchemePath ? Scheme(value) : [new(path, value)]);
            }
        }

        given.AddRange((parsed.GetValue(_set) ?? []).Select(Pair));
        return new(file?.FullName, given);
    }

    /// <summary>The settings of a partition as people write it: iid, dirichlet:0.3.</summary>
    /// <exception cref="UsageException">A number behind a scheme that takes none.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Scheme(string value)
    {
        var parts = value.Split(':', 2);
        yield return new(SchemePath, parts[0]);
        if (parts.Length == 2)
        {
            yield return new(PartitionParameters.PathOf(parts[0]), parts[1]);
        }
    }

    private static KeyValuePair<string, string> Pair(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0
            ? new(text[..at].Trim(), text[(at + 1)..].Trim())
            : throw new UsageException($"--set {text}: path=value is expected, e.g. --set actorfed.lora.rank=4.");
    }
}
