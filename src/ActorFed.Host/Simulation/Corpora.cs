using ActorFed.Host.Settings;
using ActorFed.Training.Data;
using ActorFed.Training.Data.Files;
using ActorFed.Training.Data.Named;

namespace ActorFed.Host.Simulation;

/// <summary>The data set that the settings name.</summary>
internal static class Corpora
{
    /// <exception cref="DatasetException">Missing or damaged; names file, line and rule.</exception>
    public static Corpus Load(RunSettings settings, NpmCache npm, string folder)
    {
        if (settings.Dataset == HostKeys.Table)
        {
            return TableDataset.Load(
                HostKeys.Table,
                Full(folder, settings["data.train"])!,
                Full(folder, settings["data.test"]),
                Columns(settings),
                settings.Corpus
            );
        }

        return NamedDatasets.Load(settings.Dataset, new(Full(folder, settings["data.root"]), npm.Modules), settings.Corpus);
    }

    private static TableOptions Columns(RunSettings settings) =>
        new(
            [.. Words(settings["data.text"])],
            settings["data.label"],
            settings["data.id"] is { Length: > 0 } id ? id : null,
            [.. Words(settings["data.fields"])]
        );

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string? Full(string folder, string path) =>
        path.Length == 0 ? null : Path.GetFullPath(Path.Combine(folder, path));
}
