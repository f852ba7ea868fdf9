using System.Reflection;
using System.Security.Cryptography;

namespace ActorFed.Host.Doctor;

/// <summary>The npm packages of eng/npm.lock: there, of the right version, every file with the hash it had at unpacking.</summary>
internal static class NpmChecks
{
    private const string Sums = ".actorfed-sums";

    public static IEnumerable<Finding> All(NpmCache cache) => Lock().Select(line => Check(cache, line));

    /// <summary>The lines of the lock file that this build was made with.</summary>
    public static IReadOnlyList<string> Lock()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("ActorFed.Host.npm.lock")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && !l.StartsWith('#'))];
    }

    private static Finding Check(NpmCache cache, string line)
    {
        var parts = line.Split(' ');
        var (name, version, folder) = ($"npm {parts[0]}", parts[1], cache.PathOf(parts[0]));
        var sums = Path.Combine(folder, Sums);
        return Problem(folder, sums, line) is { } problem
            ? new(name, State.Missing, problem, "run eng/setup.sh: it fetches the package again")
            : new(name, State.Good, version);
    }

    private static string? Problem(string folder, string sums, string line)
    {
        if (!File.Exists(sums))
        {
            return $"{folder} is not there or not complete";
        }

        var lines = File.ReadAllLines(sums);
        return lines[0] != $"# {line}"
            ? $"{folder} is of another version than eng/npm.lock says"
            : lines.Skip(1).Select(l => Difference(folder, l)).FirstOrDefault(d => d is not null);
    }

    private static string? Difference(string folder, string line)
    {
        var (hash, name) = (line[..64], line[66..]);
        var file = Path.GetFullPath(Path.Combine(folder, name));
        if (!File.Exists(file))
        {
            return $"{file} is missing";
        }

        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == hash ? null : $"{file} differs from what was unpacked";
    }
}
