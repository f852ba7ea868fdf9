using System.Collections.Immutable;
using ActorFed.Training.Settings;

namespace ActorFed.Training.Trainers;

/// <summary>Which optimiser moves a group of parameters. Its state begins afresh with every training.</summary>
public enum OptimiserKind
{
    /// <summary>AdamW without weight decay.</summary>
    AdamW = 1,

    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd = 2,
}

/// <summary>One group of parameters: the adapter or the head.</summary>
/// <param name="Optimiser">Its optimiser.</param>
/// <param name="Rate">Learning rate.</param>
/// <param name="Clip">Greatest norm of the group's gradient; 0 for no clipping.</param>
public sealed record GroupOptions(OptimiserKind Optimiser, double Rate, double Clip);

/// <summary>How a client trains: the part of the settings that is the same for every method.</summary>
/// <param name="Seed">The run's seed.</param>
/// <param name="Steps">Optimiser steps a round, when <paramref name="Epochs"/> is 0.</param>
/// <param name="Epochs">Passes over the shard a round; 0 to count steps.</param>
/// <param name="Batch">Examples of a step; a smaller shard has smaller batches.</param>
/// <param name="MicroBatch">Examples of one forward pass; 0 for the whole batch.</param>
/// <param name="Momentum">Of SGD.</param>
/// <param name="Adapter">Everything but the head.</param>
/// <param name="Head">Tensors named head.*.</param>
public sealed record TrainerOptions(
    long Seed,
    int Steps,
    int Epochs,
    int Batch,
    int MicroBatch,
    double Momentum,
    GroupOptions Adapter,
    GroupOptions Head
)
{
    /// <summary>The settings that it is read from.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Whole(
            "train.steps",
            5,
            1,
            100_000,
            "steps",
            "Optimiser steps of a client in a round, when train.epochs is 0."
        ),
        SettingSpec.Whole("train.epochs", 0, 0, 1000, "passes", "Passes over a client's shard in a round; 0 to count steps."),
        SettingSpec.Whole("train.batch", 16, 1, 4096, "examples", "Examples of a step; a smaller shard has smaller batches."),
        SettingSpec.Whole(
            "train.micro-batch",
            0,
            0,
            4096,
            "examples",
            "Examples of one forward pass, gradients are summed; 0 for the whole batch."
        ),
        SettingSpec.Whole("train.max-tokens", 64, 1, 4096, "tokens", "Tokens kept of a document, from its start."),
        SettingSpec.Choice(
            "train.optimizer",
            ["adamw", "sgd"],
            "Optimiser of the adapter, without weight decay, afresh each round."
        ),
        SettingSpec.Number("train.rate", 0.01, 1e-8, 100, "", "Learning rate of the adapter."),
        SettingSpec.Number("train.clip", 1, 0, 1e6, "", "Greatest norm of the adapter's gradient; 0 for no clipping."),
        SettingSpec.Number("train.momentum", 0, 0, 0.999, "", "Momentum where the optimiser is sgd."),
        SettingSpec.Choice("head.optimizer", ["adamw", "sgd"], "Optimiser of the head."),
        SettingSpec.Number("head.rate", 0.03, 1e-8, 100, "", "Learning rate of the head."),
        SettingSpec.Number("head.clip", 1, 0, 1e6, "", "Greatest norm of the head's gradient; 0 for no clipping."),
    ];

    /// <summary>Reads the settings.</summary>
    public static TrainerOptions Of(SettingValues settings, long seed)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            seed,
            settings.Whole("train.steps"),
            settings.Whole("train.epochs"),
            settings.Whole("train.batch"),
            settings.Whole("train.micro-batch"),
            settings.Number("train.momentum"),
            Group(settings, "train"),
            Group(settings, "head")
        );
    }

    private static GroupOptions Group(SettingValues settings, string path) =>
        new(
            settings.Choice($"{path}.optimizer") == "sgd" ? OptimiserKind.Sgd : OptimiserKind.AdamW,
            settings.Number($"{path}.rate"),
            settings.Number($"{path}.clip")
        );
}
