using System.Collections.Immutable;
using ActorFed.Training.Settings;

namespace ActorFed.Training.Aggregation;

/// <summary>How the server moves the global model.</summary>
public enum ServerOptimiserKind
{
    /// <summary>θ ← θ + η D.</summary>
    FedAvg = 1,

    /// <summary>FedAvg with momentum.</summary>
    FedAvgM = 2,

    /// <summary>Sum of squares.</summary>
    FedAdagrad = 3,

    /// <summary>Moving averages of first and second moment.</summary>
    FedAdam = 4,

    /// <summary>FedAdam with an additive second moment.</summary>
    FedYogi = 5,
}

/// <summary>The server optimiser's numbers; see <see cref="ServerOptimiser"/>.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Rate">η; above 0.</param>
/// <param name="Momentum">μ of FedAvgM.</param>
/// <param name="Beta1">β₁ of FedAdam and FedYogi.</param>
/// <param name="Beta2">β₂ of FedAdam and FedYogi.</param>
/// <param name="Tau">τ, the degree of adaptivity; above 0.</param>
/// <param name="StartAtTau">Whether v begins at τ² (the paper) or at 0 (Flower).</param>
public sealed record ServerOptimiserOptions(
    ServerOptimiserKind Kind,
    double Rate,
    double Momentum,
    double Beta1,
    double Beta2,
    double Tau,
    bool StartAtTau
)
{
    internal const string KindKey = "server.optimizer";

    /// <summary>The settings that it is read from.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Choice(
            KindKey,
            ["fedavg", "fedavgm", "fedadagrad", "fedadam", "fedyogi"],
            "How the server steps along the round's mean change D."
        ),
        SettingSpec.Number(
            "server.rate",
            0,
            0,
            100,
            "",
            "Its rate; 0 for 1 (fedavg, fedavgm), 0.1 (fedadagrad) or 0.01 (fedadam, fedyogi)."
        ),
        SettingSpec.Number("server.momentum", 0.9, 0, 0.999, "", "Momentum of fedavgm: m = momentum m + D."),
        SettingSpec.Number("server.beta1", 0.9, 0, 0.9999, "", "Decay of the first moment of fedadam and fedyogi."),
        SettingSpec.Number("server.beta2", 0.99, 0, 0.99999, "", "Decay of the second moment of fedadam and fedyogi."),
        SettingSpec.Number("server.tau", 0.001, 1e-10, 1, "", "Added to the root of the second moment: large is less adaptive."),
        SettingSpec.Choice("server.second-moment", ["tau-squared", "zero"], "Where the second moment begins."),
    ];

    /// <summary>Whether it leaves every mean as it is: FedAvg with rate 1.</summary>
    public bool IsIdentity => Kind == ServerOptimiserKind.FedAvg && Rate == 1;

    /// <summary>Reads the settings.</summary>
    public static ServerOptimiserOptions Of(SettingValues settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var kind = settings.Choice(KindKey) switch
        {
            "fedavgm" => ServerOptimiserKind.FedAvgM,
            "fedadagrad" => ServerOptimiserKind.FedAdagrad,
            "fedadam" => ServerOptimiserKind.FedAdam,
            "fedyogi" => ServerOptimiserKind.FedYogi,
            _ => ServerOptimiserKind.FedAvg,
        };
        return new(
            kind,
            settings.Number("server.rate") is > 0 and var rate ? rate : Standard(kind),
            settings.Number("server.momentum"),
            settings.Number("server.beta1"),
            settings.Number("server.beta2"),
            settings.Number("server.tau"),
            settings.Choice("server.second-moment") == "tau-squared"
        );
    }

    private static double Standard(ServerOptimiserKind kind) =>
        kind switch
        {
            ServerOptimiserKind.FedAdagrad => 0.1,
            ServerOptimiserKind.FedAdam or ServerOptimiserKind.FedYogi => 0.01,
            _ => 1,
        };
}
