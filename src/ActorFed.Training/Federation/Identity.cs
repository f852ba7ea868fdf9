using System.Runtime.Serialization;

namespace ActorFed.Training.Federation;

/// <summary>A client's name; 1 to 64 of letters, digits, '-', '_' and '.'. Order is ordinal, and it is the order of aggregation.</summary>
public readonly record struct ClientId : IComparable<ClientId>
{
    private readonly string? _value;

    /// <exception cref="ArgumentException">Empty, longer than 64, or with another character.</exception>
    public ClientId(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length is 0 or > 64 || !value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            throw new ArgumentException(
                $"'{value}' is no client name: 1 to 64 of letters, digits, '-', '_', '.'.",
                nameof(value)
            );
        }

        _value = value;
    }

    /// <summary>The name; empty for the default value, which names nobody.</summary>
    public string Value => _value ?? "";

    /// <summary>The client at this place of a partition: client-007, so that the ordinal order is the numeric one below 100,000.</summary>
    public static ClientId Of(int index) => new($"client-{index:D5}");

    /// <inheritdoc />
    public int CompareTo(ClientId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>A round's number; the first round is 1, and 0 stands for the state before it.</summary>
public readonly record struct RoundId(int Number) : IComparable<RoundId>
{
    /// <summary>The state before the first round.</summary>
    public static RoundId Start { get; } = new(0);

    /// <summary>The round after this one.</summary>
    [IgnoreDataMember] // a serializer that writes every property would follow this one without end
    public RoundId Next => new(Number + 1);

    /// <inheritdoc />
    public int CompareTo(RoundId other) => Number.CompareTo(other.Number);

    /// <inheritdoc />
    public override string ToString() => $"round-{Number}";
}
