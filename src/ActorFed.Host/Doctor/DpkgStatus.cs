namespace ActorFed.Host.Doctor;

/// <summary>Debian's list of packages, read as it lies on the disk: no process is started.</summary>
internal static class DpkgStatus
{
    private const string Place = "/var/lib/dpkg/status";

    /// <summary>Installed packages and their versions; null where there is no dpkg.</summary>
    public static IReadOnlyDictionary<string, string>? OfThisMachine() => File.Exists(Place) ? Read(File.ReadLines(Place)) : null;

    /// <summary>Installed packages and their versions, of paragraphs that an empty line ends.</summary>
    public static Dictionary<string, string> Read(IEnumerable<string> lines)
    {
        var installed = new Dictionary<string, string>(StringComparer.Ordinal);
        var (name, isInstalled) = ("", false);
        foreach (var line in lines)
        {
            var (field, value) = Split(line);
            switch (field)
            {
                case "Package":
                    (name, isInstalled) = (value, false);
                    break;
                case "Status":
                    isInstalled = value.EndsWith(" installed", StringComparison.Ordinal);
                    break;
                case "Version" when isInstalled:
                    installed[name] = value;
                    break;
            }
        }

        return installed;
    }

    private static (string Field, string Value) Split(string line) =>
        line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon && !char.IsWhiteSpace(line[0])
            ? (line[..colon], line[(colon + 2)..])
            : ("", "");
}
