using System.Collections.Immutable;
using ActorFed.Training.Methods;
using ActorFed.Training.Settings;

namespace ActorFed.Training.Aggregation.Robust;

/// <summary>Which rule stands in the place of the mean.</summary>
public enum RobustRule
{
    /// <summary>None: the method's own mean.</summary>
    None = 0,

    /// <summary>Coordinate-wise median.</summary>
    Median = 1,

    /// <summary>Coordinate-wise mean without the extremes.</summary>
    TrimmedMean = 2,

    /// <summary>The one client nearest to its neighbours.</summary>
    Krum = 3,

    /// <summary>The several clients nearest to their neighbours.</summary>
    MultiKrum = 4,
}

/// <summary>Robust aggregation; see <see cref="RobustRules"/> and <see cref="RobustUpdates"/>.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Trim">Share that the trimmed mean drops at each end; below 0.5.</param>
/// <param name="Faulty">f, the faulty clients that Krum counts with.</param>
/// <param name="Keep">Clients that Multi-Krum keeps; 0 for n - f.</param>
/// <param name="Clip">Greatest norm of a client's change, before the rule; 0 for none.</param>
/// <param name="ByProducts">Whether Krum measures the distance between products B A instead of between factors.</param>
public sealed record RobustOptions(RobustRule Rule, double Trim, int Faulty, int Keep, double Clip, bool ByProducts)
{
    internal const string RuleKey = "robust.rule";
    internal const string ClipKey = "robust.clip";

    /// <summary>The settings that it is read from.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Choice(
            RuleKey,
            ["none", "median", "trimmed-mean", "krum", "multi-krum"],
            "What stands for the mean of the clients' tensors, so that faulty clients cannot move it far; it ignores weights."
        ),
        SettingSpec.Number("robust.trim", 0.2, 0, 0.4999, "", "Share of the clients that trimmed-mean drops at each end."),
        SettingSpec.Whole(
            "robust.faulty",
            1,
            0,
            10_000,
            "clients",
            "Faulty clients f that krum counts with; it needs 2 f + 3 updates."
        ),
        SettingSpec.Whole("robust.keep", 0, 0, 10_000, "clients", "Clients that multi-krum keeps; 0 for all but robust.faulty."),
        SettingSpec.Number(ClipKey, 0, 0, 1e9, "", "Greatest L2 norm of a client's change of all tensors; 0 for no clipping."),
        SettingSpec.Choice(
            "robust.distance",
            ["factors", "products"],
            "What krum measures between clients: all tensors as they are, or the products B A in the place of the factors."
        ),
    ];

    /// <summary>Whether anything is done at all.</summary>
    public bool Does => Rule != RobustRule.None || Clip > 0;

    /// <summary>What a method must bear.</summary>
    internal IEnumerable<MethodOption> Needs
    {
        get
        {
            if (Clip > 0 || Rule is RobustRule.Median or RobustRule.TrimmedMean)
            {
                yield return MethodOption.RobustCoordinates;
            }

            if (Rule is RobustRule.Krum or RobustRule.MultiKrum)
            {
                yield return ByProducts ? MethodOption.RobustProducts : MethodOption.RobustSelection;
            }
        }
    }

    /// <summary>Reads the settings.</summary>
    public static RobustOptions Of(SettingValues settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            settings.Choice(RuleKey) switch
            {
                "median" => RobustRule.Median,
                "trimmed-mean" => RobustRule.TrimmedMean,
                "krum" => RobustRule.Krum,
                "multi-krum" => RobustRule.MultiKrum,
                _ => RobustRule.None,
            },
            settings.Number("robust.trim"),
            settings.Whole("robust.faulty"),
            settings.Whole("robust.keep"),
            settings.Number(ClipKey),
            settings.Choice("robust.distance") == "products"
        );
    }
}
