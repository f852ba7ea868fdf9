using System.Security.Cryptography;
using ActorFed.Host.Runs;
using ActorFed.Host.Simulation;
using ActorFed.Training.Partitioning;

namespace ActorFed.Host.Comparison;

/// <summary>plan.json of every condition and seed: written by one comparison, followed by another.</summary>
/// <param name="folder">What relative paths are relative to.</param>
internal sealed class PlanFiles(string folder)
{
    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);

    /// <summary>The file of a condition and a seed: dirichlet-0.3-seed-1.json.</summary>
    public string PathOf(string plans, Condition condition, long seed) =>
        Path.Combine(Path.GetFullPath(plans, folder), $"{Prefix(condition)}seed-{seed}.json");

    /// <summary>Hash of a plan's content; empty for no plan.</summary>
    public string HashOf(string path)
    {
        if (path.Length == 0)
        {
            return "";
        }

        return _hashes.TryGetValue(path, out var known)
            ? known
            : _hashes[path] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.GetFullPath(path, folder))));
    }

    /// <summary>Writes the plan of a prepared run, unless it is there already.</summary>
    public void Write(string plans, IDisk disk, Condition condition, Preparation run)
    {
        var path = PathOf(plans, condition, run.Settings.Seed);
        var bytes = PlanWriter.Write(run.Plan(RunSetup.PlannedCohorts(run)));
        if (!disk.Exists(path) || !disk.Read(path).AsSpan().SequenceEqual(bytes))
        {
            disk.Write(path, bytes);
        }
    }

    private static string Prefix(Condition condition) =>
        condition.Name.Length == 0
            ? ""
            : string.Concat(condition.Name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? c : '-')) + "-";
}
