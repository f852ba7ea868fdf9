using ActorFed.Training.Federation;

namespace ActorFed.Actors.Runs;

/// <summary>A run's name; 1 to 64 of letters, digits, '-', '_' and '.': it is a folder's name too.</summary>
public readonly record struct RunId
{
    private readonly string? _value;

    /// <exception cref="ArgumentException">Empty, longer than 64, with another character, or '.' or '..'.</exception>
    public RunId(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var legal = value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        if (value.Length is 0 or > 64 || !legal || value is "." or "..")
        {
            throw new ArgumentException($"'{value}' is no run name: 1 to 64 of letters, digits, '-', '_', '.'.", nameof(value));
        }

        _value = value;
    }

    /// <summary>The name; empty for the default value, which names no run.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>What every message of a round is about; a late one is recognised by it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Round">The round, from 1.</param>
/// <param name="Attempt">0, then 1, 2, ... when the round had to be repeated with another cohort.</param>
public readonly record struct RoundKey(RunId Run, RoundId Round, int Attempt)
{
    /// <inheritdoc />
    public override string ToString() => $"{Run}/{Round}/{Attempt}";
}
