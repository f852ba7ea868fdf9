using ActorFed.Host.Results;

namespace ActorFed.Host.Simulation;

/// <summary>An earlier run in which every client trained alone, to measure a gain against (evaluate.local-only).</summary>
internal static class LocalOnlyRun
{
    private const string Key = "actorfed.evaluate.local-only";

    /// <summary>What each client's own model reached in it; empty where the settings name no run.</summary>
    /// <param name="path">The run's folder; empty for none.</param>
    /// <param name="folder">What a relative path is relative to.</param>
    /// <param name="run">The run that is to be compared: both must hold out the same documents.</param>
    /// <exception cref="UserException">No result there, one without held-out parts, or one on other data or another split.</exception>
    public static IReadOnlyDictionary<string, double> Read(string path, string folder, Preparation run)
    {
        if (path.Length == 0)
        {
            return new Dictionary<string, double>();
        }

        var full = Path.GetFullPath(path, folder);
        var other = ResultJson.Read(Path.Combine(full, "result.json"));
        var why =
            other.Final?.Personal is null ? "it has no personal figures (personal.holdout was 0, or it did not end)"
            : other.Data.Sha256 != run.DataHash ? "its data or its partition are others"
            : Differing(other, run) is { } key ? $"its {key} is another"
            : null;
        return why is null
            ? other.Clients.Where(c => c.Personal is not null).ToDictionary(c => c.Client, c => c.Personal!.Models[^1].Value)
            : throw new UserException(ExitCode.BadSettings, $"{Key}: {full} cannot be compared with: {why}.");
    }

    private static string? Differing(RunResult other, Preparation run) =>
        new[]
        {
            "actorfed.personal.holdout",
            "actorfed.personal.few-shot",
            "actorfed.personal.order",
            "actorfed.run.seed",
            "actorfed.evaluate.metric",
        }.FirstOrDefault(k => other.Settings.GetValueOrDefault(k) != run.Settings.Texts.GetValueOrDefault(k));
}
