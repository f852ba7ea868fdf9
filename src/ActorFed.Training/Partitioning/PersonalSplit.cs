using System.Collections.Immutable;
using ActorFed.Training.Chance;
using ActorFed.Training.Settings;

namespace ActorFed.Training.Partitioning;

/// <summary>A client's shard in three: what it trains on, a few examples to choose by, and what its own model is judged on.</summary>
/// <param name="Train">Trained on; ascending, never empty.</param>
/// <param name="FewShot">Never trained on; ascending.</param>
/// <param name="Test">Neither trained nor chosen by; ascending.</param>
public sealed record PersonalSplit(ImmutableArray<int> Train, ImmutableArray<int> FewShot, ImmutableArray<int> Test)
{
    /// <summary>Whether a client counts whose own part is all of one class.</summary>
    public const string OneClass = "personal.one-class";

    private const string Holdout = "personal.holdout";

    /// <summary>The settings that it is read from.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Number(
            Holdout,
            0,
            0,
            0.9,
            "",
            "Share of each client's own documents that is held out, to judge models by client; 0 for none."
        ),
        SettingSpec.Whole(
            "personal.few-shot",
            32,
            0,
            10_000,
            "documents",
            "Held-out documents by which a client may choose (fusion), at most half of them; the others judge."
        ),
        SettingSpec.Choice(
            "personal.order",
            ["random", "last"],
            "Which are held out: drawn by the seed, or the last ones in the data's order."
        ),
        SettingSpec.Flag(OneClass, true, "Whether means over clients count those whose own held-out part is all of one class."),
    ];

    /// <summary>Splits a shard; the same for the same seed and client, whatever the method.</summary>
    /// <remarks>⌊share · n⌋ are held out, and one always stays to train on. With order = last, few-shot examples are the last before the test part.</remarks>
    public static PersonalSplit Of(Shard shard, SettingValues settings, long seed)
    {
        ArgumentNullException.ThrowIfNull(shard);
        ArgumentNullException.ThrowIfNull(settings);
        var held = Math.Min((int)(settings.Number(Holdout) * shard.Documents.Length), shard.Documents.Length - 1);
        var few = Math.Min(settings.Whole("personal.few-shot"), held / 2);
        var order = Order(shard, settings.Choice("personal.order") == "last", seed);
        return new(Sorted(order[held..]), Sorted(order[(held - few)..held]), Sorted(order[..(held - few)]));
    }

    private static int[] Order(Shard shard, bool last, long seed)
    {
        int[] order = [.. shard.Documents];
        if (last)
        {
            Array.Reverse(order);
        }
        else
        {
            SeededRandom.For(seed, "personal-split", shard.Client.Value).Shuffle(order.AsSpan());
        }

        return order;
    }

    private static ImmutableArray<int> Sorted(int[] documents) => [.. documents.Order()];
}
