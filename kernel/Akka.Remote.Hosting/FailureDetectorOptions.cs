using System.Text;
using Akka.Hosting;

namespace Akka.Remote.Hosting;

/// <summary>Settings of a <see cref="DeadlineFailureDetector"/>.</summary>
public class DeadlineFailureDetectorOptions
{
    public TimeSpan? HeartbeatInterval { get; set; }

    public TimeSpan? AcceptableHeartbeatPause { get; set; }

    /// <summary>The settings that are set, one a line.</summary>
    public StringBuilder ToHocon() =>
        new StringBuilder()
            .Set("heartbeat-interval", HeartbeatInterval?.ToHocon())
            .Set("acceptable-heartbeat-pause", AcceptableHeartbeatPause?.ToHocon());
}

/// <summary>Settings of a <see cref="PhiAccrualFailureDetector"/>.</summary>
public class PhiAccrualFailureDetectorOptions
{
    public TimeSpan? HeartbeatInterval { get; set; }

    public double? Threshold { get; set; }

    public int? MaxSampleSize { get; set; }

    public TimeSpan? MinStandardDeviation { get; set; }

    public TimeSpan? AcceptableHeartbeatPause { get; set; }

    public TimeSpan? UnreachableNodesReaperInterval { get; set; }

    public TimeSpan? ExpectedResponseAfter { get; set; }

    /// <summary>The settings that are set, one a line.</summary>
    public StringBuilder ToHocon() =>
        new StringBuilder()
            .Set("heartbeat-interval", HeartbeatInterval?.ToHocon())
            .Set("threshold", Threshold?.ToHocon())
            .Set("max-sample-size", MaxSampleSize?.ToHocon())
            .Set("min-std-deviation", MinStandardDeviation?.ToHocon())
            .Set("acceptable-heartbeat-pause", AcceptableHeartbeatPause?.ToHocon())
            .Set("unreachable-nodes-reaper-interval", UnreachableNodesReaperInterval?.ToHocon())
            .Set("expected-response-after", ExpectedResponseAfter?.ToHocon());
}

internal static class HoconLines
{
    /// <summary>A line, if there is a value.</summary>
    public static StringBuilder Set(this StringBuilder hocon, string key, string? value) =>
        value is null ? hocon : hocon.Append(key).Append(" = ").AppendLine(value);
}
