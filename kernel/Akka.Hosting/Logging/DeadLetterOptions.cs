using System.Text;
using Akka.Configuration;

namespace Akka.Hosting;

/// <summary>None, all, or so many.</summary>
public enum TriStateValue
{
    None,
    Some,
    All,
}

/// <summary>Which dead letters are logged.</summary>
public class DeadLetterOptions
{
    /// <summary>Some means the first <see cref="LogCount"/>.</summary>
    public TriStateValue ShouldLog { get; set; } = TriStateValue.Some;

    /// <summary>How many at most, when <see cref="ShouldLog"/> is Some: 1 or more.</summary>
    public int LogCount { get; set; } = 10;

    /// <summary>Whether those of a shutdown are logged; null leaves it as it is.</summary>
    public bool? LogDuringShutdown { get; set; }

    /// <summary>How long logging pauses when the count is reached; infinite is allowed, null leaves it as it is.</summary>
    public TimeSpan? LogSuspendDuration { get; set; }

    internal void WriteTo(StringBuilder hocon)
    {
        hocon.AppendLine($"akka.log-dead-letters = {Count()}");
        if (LogDuringShutdown is { } during)
            hocon.AppendLine($"akka.log-dead-letters-during-shutdown = {during.ToHocon()}");
        if (LogSuspendDuration is { } pause)
            hocon.AppendLine($"akka.log-dead-letters-suspend-duration = {pause.ToHocon(allowInfinite: true)}");
    }

    private string Count() =>
        ShouldLog switch
        {
            TriStateValue.None => "off",
            TriStateValue.All => "on",
            TriStateValue.Some when LogCount > 0 => LogCount.ToHocon(),
            TriStateValue.Some => throw new ConfigurationException(
                $"DeadLetterOptions.LogCount is {LogCount}: it must be 1 or more; ShouldLog = None logs none."
            ),
            var other => throw new ConfigurationException($"DeadLetterOptions.ShouldLog is {other}: use None, Some or All."),
        };
}
