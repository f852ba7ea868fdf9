namespace ActorFed.Host.Terminal;

/// <summary>Figures as people read them.</summary>
public static class Say
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>1.2 MB: decimal units, as networks count.</summary>
    public static string Bytes(double bytes)
    {
        var unit = 0;
        for (; bytes >= 1000 && unit < Units.Length - 1; unit++)
        {
            bytes /= 1000;
        }

        return unit == 0 ? $"{bytes:F0} B" : $"{bytes:F1} {Units[unit]}";
    }

    /// <summary>81.3 %.</summary>
    public static string Percent(double? share) => share is { } s && double.IsFinite(s) ? $"{100 * s:F1} %" : "-";

    /// <summary>0.5512, or a dash.</summary>
    public static string Loss(double? loss) => loss is { } l && double.IsFinite(l) ? $"{l:F4}" : "-";

    /// <summary>1:05, or 2:03:04 from an hour on.</summary>
    public static string Time(TimeSpan time) =>
        time.TotalHours >= 1
            ? $"{(int)time.TotalHours}:{time.Minutes:D2}:{time.Seconds:D2}"
            : $"{time.Minutes}:{time.Seconds:D2}";

    /// <summary>Client names without the part that all of them share: client-00007 is 7. Nobody is a dash.</summary>
    public static string Clients(IEnumerable<string> names)
    {
        var text = string.Join(" ", names.Select(Short));
        return text.Length == 0 ? "-" : text;
    }

    private static string Short(string name)
    {
        var number = name.StartsWith("client-", StringComparison.Ordinal) ? name["client-".Length..].TrimStart('0') : name;
        return number.Length == 0 ? "0" : number;
    }
}
