namespace ActorFed.Actors.Configuration;

/// <summary>One setting that cannot be used.</summary>
/// <param name="Path">Its full path: actorfed.round.quorum.</param>
/// <param name="Found">The value found, as text; null where there is none.</param>
/// <param name="Rule">What it has to be.</param>
public sealed record SettingError(string Path, string? Found, string Rule)
{
    /// <inheritdoc />
    public override string ToString() => Found is null ? $"{Path}: {Rule}" : $"{Path} = {Found}: {Rule}";
}

/// <summary>Settings that cannot be used: all of them at once, each with path, value and rule.</summary>
public sealed class InvalidSettingsException(IReadOnlyList<SettingError> errors)
    : Exception($"{Count(errors)} cannot be used:{string.Concat(errors.Select(e => $"{Environment.NewLine}  {e}"))}")
{
    /// <summary>Each of them, in the order in which they were read.</summary>
    public IReadOnlyList<SettingError> Errors => errors;

    private static string Count(IReadOnlyList<SettingError> errors) =>
        errors.Count == 1 ? "A setting" : $"{errors.Count} settings";
}
