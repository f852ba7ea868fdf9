using System.Reflection;

namespace ActorFed.Host.Doctor;

/// <summary>The packages of eng/debian.txt: which version is installed, and what lacks.</summary>
internal static class DebianChecks
{
    private const string Run = "run";

    /// <summary>One finding a package, in the order of the list.</summary>
    public static IEnumerable<Finding> All(Machine machine) =>
        List().GroupBy(e => e.Package, StringComparer.Ordinal).Select(entries => Check(machine, [.. entries]));

    /// <summary>The list that this build was made with: what a package is for, its name, and how set-up looks for it.</summary>
    public static IReadOnlyList<(string Role, string Package, string Probe)> List()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("ActorFed.Host.debian.txt")!;
        using var reader = new StreamReader(stream);
        return
        [
            .. reader
                .ReadToEnd()
                .Split('\n')
                .Where(l => l.Length > 0 && !l.StartsWith('#'))
                .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .Select(l => (l[0], l[1], l[2])),
        ];
    }

    private static Finding Check(Machine machine, (string Role, string Package, string Probe)[] entries)
    {
        var (package, probe) = (entries[0].Package, entries[0].Probe);
        var name = $"Debian {package}";
        var isNeeded = entries.Any(e => e.Role == Run);
        if (machine.Packages?.GetValueOrDefault(package) is { } version)
        {
            return new(name, State.Good, version);
        }

        if (probe.Split(':') is ["command", var command] && machine.HasCommand(command))
        {
            return new(name, State.Good, $"not installed; {command} comes from elsewhere");
        }

        if (machine.LibtorchHome is { } home && probe == "dpkg" && package != "libsqlite3-0")
        {
            return new(name, State.Good, $"not needed with {home}");
        }

        return machine.Packages is null
            ? new(
                name,
                State.Weak,
                "unknown: this system has no dpkg",
                $"install what {package} is here by this system's own means"
            )
            : new(
                name,
                isNeeded ? State.Missing : State.Weak,
                isNeeded
                    ? "not installed"
                    : $"not installed; only {string.Join(" and ", entries.Select(e => Purpose(e.Role)))} it",
                $"apt-get install -y --no-install-recommends {package}"
            );
    }

    private static string Purpose(string role) => role == "fetch" ? "downloads by set-up need" : "./test needs";
}
