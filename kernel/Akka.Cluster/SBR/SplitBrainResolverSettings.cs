using System.Collections.Immutable;
using Akka.Configuration;

namespace Akka.Cluster.SBR;

/// <summary>akka.cluster.split-brain-resolver, read and checked.</summary>
public sealed class SplitBrainResolverSettings
{
    public const string KeepMajorityName = "keep-majority";
    public const string StaticQuorumName = "static-quorum";
    public const string KeepOldestName = "keep-oldest";
    public const string DownAllName = "down-all";

    private const string Section = "akka.cluster.split-brain-resolver";

    public static readonly ImmutableHashSet<string> AllStrategyNames =
    [
        KeepMajorityName,
        StaticQuorumName,
        KeepOldestName,
        DownAllName,
    ];

    /// <param name="config">The configuration of the whole system.</param>
    /// <exception cref="ConfigurationException">The strategy is unknown, or a setting it needs is missing or out of range.</exception>
    public SplitBrainResolverSettings(Config config)
    {
        var section = config.GetConfig(Section) ?? throw ConfigurationException.NullOrEmptyConfig(Section);
        DowningStableAfter = section.GetTimeSpan("stable-after", allowInfinite: false);
        if (DowningStableAfter <= TimeSpan.Zero)
            throw new ConfigurationException($"{Section}.stable-after is {DowningStableAfter}, but must be above zero.");
        KeepMajorityRole = Role(section, KeepMajorityName);
        DowningStrategy = section.GetString("active-strategy") ?? "";
        Strategy = DowningStrategy switch
        {
            KeepMajorityName => new KeepMajority(KeepMajorityRole),
            StaticQuorumName => new StaticQuorum(QuorumSize(section), Role(section, StaticQuorumName)),
            KeepOldestName => new KeepOldest(section.GetBoolean("keep-oldest.down-if-alone"), Role(section, KeepOldestName)),
            DownAllName => new DownEverybody(),
            _ => throw new ConfigurationException(
                $"{Section}.active-strategy is '{DowningStrategy}'; it must be one of {string.Join(", ", AllStrategyNames.Order())}."
            ),
        };
        Unstable = ReadUnstable(section);
    }

    public string DowningStrategy { get; }

    public TimeSpan DowningStableAfter { get; }

    /// <summary>How much longer than <see cref="DowningStableAfter"/> reachability may go on changing; zero: for ever.</summary>
    public TimeSpan DownAllWhenUnstable => Unstable ?? TimeSpan.Zero;

    public string KeepMajorityRole { get; }

    internal DowningStrategy Strategy { get; }

    internal TimeSpan? Unstable { get; }

    private static string Role(Config section, string strategy) => section.GetString($"{strategy}.role") ?? "";

    private static int QuorumSize(Config section)
    {
        var text = section.GetString("static-quorum.quorum-size") ?? "";
        return int.TryParse(text, out var size) && size >= 1
            ? size
            : throw new ConfigurationException(
                $"{Section}.static-quorum.quorum-size is '{text}', but must be a whole number from 1."
            );
    }

    private TimeSpan? ReadUnstable(Config section) =>
        section.GetString("down-all-when-unstable") switch
        {
            "on" or "true" => DowningStableAfter * 0.75,
            "off" or "false" => null,
            _ => section.GetTimeSpan("down-all-when-unstable", allowInfinite: false),
        };
}
