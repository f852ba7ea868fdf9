using System.Collections.Immutable;
using ActorFed.Training.Aggregation;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>The baseline without federation: every client trains a LoRA and a head of its own, and nothing of them leaves it.</summary>
/// <remarks>
/// W_k = W0 + s B_k A_k. A client takes part in the same rounds, with the same batches and steps, as in a federated run of the same plan,
/// and goes on from where it stopped. Upload nothing; download nothing but a head that is not zero (head.init = ridge), once. The global
/// model stays as it began: figures of this method are those of its clients' own models (<see cref="Personalise"/> with the kept state).
/// </remarks>
public sealed class LocalOnly(MethodContext context) : FederatedMethod(context)
{
    private readonly LoraShape _lora = context.Lora();

    /// <inheritdoc />
    public override string Name => "local-only";

    /// <inheritdoc />
    public override long AdapterParameters => _lora.Parameters;

    /// <summary>Head = 0, and it stays so.</summary>
    public override ServerState Initialise() => new(Head, TensorSet.Empty);

    /// <summary>The head once, if it is more than zeros; everything is trained, nothing is sent.</summary>
    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(client);
        var sends =
            Participation.Last(state.Memory, client.Client) == 0
            && state.Global.Values.Any(t => t.Bytes.Span.ContainsAnyExcept((byte)0));
        var trained = _lora.Maps.SelectMany(m => new[] { LoraNames.A(m.Name), LoraNames.B(m.Name) });
        return new(
            sends ? state.Global : TensorSet.Empty,
            LocalPlan.Empty with
            {
                Trained = trained.Concat(TrainsHead ? Head.Keys : []).ToImmutableSortedSet(StringComparer.Ordinal),
            },
            0
        );
    }

    /// <summary>What the client kept; at first B = 0, A by the seed, and the head that was sent, else zeros.</summary>
    public override LocalStart Personalise(LocalWork work, IGradientProbe probe)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new(work.Personal ?? _lora.Initialise(Context.Seed).With(Head).With(work.Start), work.Plan.Trained);
    }

    /// <summary>Delta(x) = s x Aᵀ Bᵀ of the client's own factors; none for the global model.</summary>
    public override ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return new(
            _lora
                .Maps.Where(m => tensors.ContainsKey(LoraNames.A(m.Name)))
                .Select(m => new KeyValuePair<string, IMapDelta>(
                    m.Name,
                    new LowRankDelta(tensors[LoraNames.A(m.Name)], tensors[LoraNames.B(m.Name)], _lora.Scale)
                ))
        );
    }

    /// <summary>Everything stays.</summary>
    public override LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(end);
        return LocalUpdate.Of(TensorSet.Empty) with { Personal = start.Tensors.With(end.Trained) };
    }

    /// <summary>Who was there; the model does not change.</summary>
    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        _ = PartialMean.Of(state.Global, contributions, "uniform"); // its refusals: nothing is to be sent, and nobody counts twice
        return contributions.FirstOrDefault(c => c.Upload.Count > 0) is { } sender
            ? throw new ArgumentException(
                $"{sender.Client} sent {sender.Upload.Keys.First()}; under local-only nothing leaves a client."
            )
            : state with
            {
                Memory = Participation.Mark(state.Memory, round, contributions),
            };
    }

    /// <summary>The global model, which is as it began, and the client's own; the first alone for one that never trained.</summary>
    public override IReadOnlyList<ClientModel> Finish(ClientEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        return end.Personal is { } kept ? [.. base.Finish(end), ClientModel.Of("local", kept)] : base.Finish(end);
    }

    /// <summary>The global model has no adapter.</summary>
    public override IReadOnlyList<LoraPair> Export(TensorSet global) => [];

    /// <inheritdoc />
    public override string? Refuses(MethodOption option) =>
        option == MethodOption.Proximal ? null : "nothing leaves a client, so there is nothing to aggregate";
}
