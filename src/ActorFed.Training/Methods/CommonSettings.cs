using System.Collections.Immutable;
using ActorFed.Training.Settings;

namespace ActorFed.Training.Methods;

/// <summary>Settings that all methods of a comparison share (the common protocol).</summary>
public static class CommonSettings
{
    /// <summary>uniform or samples.</summary>
    public const string Weights = "aggregation.weights";

    /// <summary>zero or ridge.</summary>
    public const string HeadInit = "head.init";

    /// <summary>Whether clients train the head.</summary>
    public const string HeadTrain = "head.train";

    /// <summary>Their declarations.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Choice(Weights, ["uniform", "samples"], "Weight of a client in every mean: equal, or by its examples."),
        SettingSpec.Choice(
            HeadInit,
            ["zero", "ridge"],
            "The head before training: zeros, or the ridge head of one federated round in which every client is asked."
        ),
        SettingSpec.Flag(HeadTrain, true, "Whether clients train the head."),
    ];
}
