using ActorFed.Training.Data;
using ActorFed.Training.Partitioning;

namespace ActorFed.Host.Simulation;

/// <summary>The plan.json that the settings name.</summary>
internal static class GivenPlan
{
    /// <summary>Reads it; null where the settings name none.</summary>
    /// <param name="path">From the settings; empty for none.</param>
    /// <param name="folder">What a relative path is relative to.</param>
    /// <param name="corpus">The corpus that it has to be made for.</param>
    /// <exception cref="UserException">It cannot be read.</exception>
    /// <exception cref="PlanException">It is no plan, or one for another corpus.</exception>
    public static Plan? Read(string path, string folder, Corpus corpus)
    {
        if (path.Length == 0)
        {
            return null;
        }

        var full = Path.GetFullPath(path, folder);
        try
        {
            return PlanReader.Read(File.ReadAllBytes(full), full, CorpusStamp.Of(corpus));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException(ExitCode.BadSettings, $"actorfed.partition.plan: {full} cannot be read: {e.Message}", e);
        }
    }
}
