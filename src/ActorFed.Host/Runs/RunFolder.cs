namespace ActorFed.Host.Runs;

/// <summary>Where the parts of a run stand. Knows names, not contents.</summary>
/// <param name="Path">The folder, absolute.</param>
public sealed record RunFolder(string Path)
{
    /// <summary>The run's id: the folder's name.</summary>
    public string Id => System.IO.Path.GetFileName(Path);

    /// <summary>Every setting, fully resolved.</summary>
    public string Settings => In("settings.conf");

    /// <summary>The journal: one SQLite file.</summary>
    public string Database => In("run.db");

    /// <summary>Blobs by hash.</summary>
    public string Checkpoints => In("checkpoints");

    /// <summary>The adapter as a PEFT folder.</summary>
    public string Adapter => In("adapter");

    /// <summary>The result object.</summary>
    public string Result => In("result.json");

    /// <summary>Who joined, sent, was refused; of runs over machines.</summary>
    public string Audit => In("audit.jsonl");

    /// <summary>The page for people.</summary>
    public string Report => In("report.html");

    /// <summary>The folder that the user named, or a new numbered one below <paramref name="runs"/>: method-dataset-seed, then -2, -3, ...</summary>
    /// <exception cref="UsageException">The named folder holds a run already.</exception>
    public static RunFolder New(string? named, string runs, string title)
    {
        if (named is null)
        {
            return Create(FirstFree(System.IO.Path.GetFullPath(System.IO.Path.Combine(runs, title))));
        }

        var path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(named));
        return File.Exists(System.IO.Path.Combine(path, "run.db"))
            ? throw new UsageException(
                $"--out {named}: holds a run already; go on with it (--resume {named}) or name another folder."
            )
            : Create(path);
    }

    /// <summary>A run that is there: a path, or the id of a run below <paramref name="runs"/>.</summary>
    /// <exception cref="UsageException">No run of that name; says where it was looked for.</exception>
    public static RunFolder Open(string named, string runs)
    {
        string[] places = [System.IO.Path.GetFullPath(named), System.IO.Path.GetFullPath(System.IO.Path.Combine(runs, named))];
        var found = places.FirstOrDefault(p => File.Exists(System.IO.Path.Combine(p, "settings.conf")));
        return found is null
            ? throw new UsageException(
                $"no run '{named}': there is no settings.conf in {string.Join(" or ", places.Distinct())}."
            )
            : new(System.IO.Path.TrimEndingDirectorySeparator(found));
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private static string FirstFree(string path)
    {
        var free = path;
        for (var i = 2; Directory.Exists(free); i++)
        {
            free = $"{path}-{i}";
        }

        return free;
    }

    private static RunFolder Create(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            return new(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException(ExitCode.RunFailed, $"{path}: the run's folder cannot be made: {e.Message}", e);
        }
    }
}
