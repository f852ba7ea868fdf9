using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>Full fine-tuning: every weight and bias of the encoder's maps and norms moves; embeddings stay frozen.</summary>
/// <remarks>
/// W = W0 + D, b = b0 + d, D = d = 0 at the start; D ← Σ p_k D_k. The difference is trained instead of the weight itself: the same gradient and
/// the same path, on one frozen base that all clients share. Upload in · out + out a map, 2 width a norm.
/// Source: McMahan et al. 2017; the upper line of Ravan's tables.
/// </remarks>
public sealed class FullTuning : FederatedMethod
{
    private const string ScopeKey = "full.scope";
    private readonly ImmutableArray<LinearMap> _maps;
    private readonly ImmutableArray<NormLayer> _norms;

    /// <exception cref="ArgumentException">full.scope is targets and a pattern of lora.targets names no map.</exception>
    public FullTuning(MethodContext context)
        : base(context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var all = context.Settings.Choice(ScopeKey) == "encoder";
        _maps = all ? context.Maps : MapPatterns.Select(context.Maps, context.Settings.List("lora.targets"));
        _norms = all ? context.Norms : [];
    }

    /// <summary>Its settings.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Choice(
            ScopeKey,
            ["encoder", "targets"],
            "What full fine-tuning trains: all of the encoder but its embeddings, or the maps that lora.targets names."
        ),
    ];

    /// <inheritdoc />
    public override string Name => "full";

    /// <summary>D = 0, d = 0, head = 0.</summary>
    public override ServerState Initialise() =>
        new(
            TensorSet
                .Of(
                    _maps
                        .SelectMany(m =>
                            new KeyValuePair<string, TensorValue>[]
                            {
                                new(Weight(m.Name), TensorValue.Zeros(m.Out, m.In)),
                                new(Bias(m.Name), TensorValue.Zeros(m.Out)),
                            }
                        )
                        .Concat(
                            _norms.SelectMany(n =>
                                new KeyValuePair<string, TensorValue>[]
                                {
                                    new(Weight(n.Name), TensorValue.Zeros(n.Width)),
                                    new(Bias(n.Name), TensorValue.Zeros(n.Width)),
                                }
                            )
                        )
                )
                .With(Head),
            TensorSet.Empty
        );

    /// <summary>Delta(x) = x Dᵀ + d for a map, norm(x) ⊙ D + d for a norm.</summary>
    public override ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return new([
            .. _maps.Select(m => new KeyValuePair<string, IMapDelta>(
                m.Name,
                new AffineDelta(tensors[Weight(m.Name)], tensors[Bias(m.Name)])
            )),
            .. _norms.Select(n => new KeyValuePair<string, IMapDelta>(
                n.Name,
                new NormDelta(tensors[Weight(n.Name)], tensors[Bias(n.Name)], n.Epsilon)
            )),
        ]);
    }

    /// <summary>The weights of the maps as pairs of full rank: D times the identity on the smaller side.</summary>
    public override IReadOnlyList<LoraPair> Export(TensorSet global)
    {
        ArgumentNullException.ThrowIfNull(global);
        return [.. _maps.Select(m => Pair(m, global[Weight(m.Name)]))];
    }

    /// <summary>What pairs cannot say: changes of biases and norms, under their own names.</summary>
    public override TensorSet ExportRest(TensorSet global)
    {
        ArgumentNullException.ThrowIfNull(global);
        var pairs = _maps.Select(m => Weight(m.Name)).ToHashSet(StringComparer.Ordinal);
        return global.Where(n => !IsHead(n) && !pairs.Contains(n));
    }

    /// <inheritdoc />
    public override string? Refuses(MethodOption option) =>
        option == MethodOption.RobustProducts ? "it sends whole matrices; their own distances are those of the updates" : null;

    private static string Weight(string map) => map + ".full_weight";

    private static string Bias(string map) => map + ".full_bias";

    private static LoraPair Pair(LinearMap map, TensorValue change) =>
        map.In <= map.Out ? new(map.Name, Identity(map.In), change, 1) : new(map.Name, change, Identity(map.Out), 1);

    private static TensorValue Identity(int side)
    {
        var values = new float[side * side];
        for (var i = 0; i < side; i++)
        {
            values[(i * side) + i] = 1;
        }

        return TensorValue.Of(values, side, side);
    }
}
