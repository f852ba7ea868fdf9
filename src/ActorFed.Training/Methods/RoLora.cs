using System.Runtime.InteropServices;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;
using TorchSharp;

namespace ActorFed.Training.Methods;

/// <summary>RoLoRA: rounds train B and A in turn; the other factor is the same on all clients.</summary>
/// <remarks>
/// W = W0 + s B A. In its rounds 1, 3, ... B ← Σ p_k B_k with A frozen, in its rounds 2, 4, ... A ← Σ p_k A_k with B frozen (B first: while
/// B = 0 nothing reaches A). Exact in every round: Σ p_k s B_k A = s (Σ p_k B_k) A. Upload r out or r in a map. Down goes the factor that
/// the last round trained: a client that was in it has kept the other one; a client that was not gets both.
/// Its rounds are counted in the server's memory, so that a ridge round before them does not turn them over.
/// Source: Chen et al. 2024, "Robust Federated Finetuning of LLMs via Alternating Optimization of LoRA" (https://arxiv.org/abs/2502.01755).
/// </remarks>
public sealed class RoLora(MethodContext context) : FederatedMethod(context)
{
    private const string Rounds = "rolora.rounds";
    private readonly LoraShape _lora = context.Lora();

    /// <inheritdoc />
    public override string Name => "rolora";

    /// <summary>B = 0, A by the seed, head = 0; no round yet.</summary>
    public override ServerState Initialise() =>
        new(_lora.Initialise(Context.Seed).With(Head), TensorSet.Empty.With(Rounds, TensorValue.Wholes(0)));

    /// <summary>The factor that moved last, and the other one for a client that has not kept it.</summary>
    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(client);
        var done = Done(state);
        var kept = done > 0 && Participation.Last(state.Memory, client.Client) == done;
        var whole = Assignment(state.Global, state.Global.Keys.Where(n => IsHead(n) ? TrainsHead : IsTrained(n, done)));
        return kept ? whole with { Download = state.Global.Where(n => IsHead(n) || !IsTrained(n, done)) } : whole;
    }

    /// <summary>What was sent, and the factor kept from the round before.</summary>
    /// <exception cref="InvalidDataException">A factor was neither sent nor kept.</exception>
    public override LocalStart Personalise(LocalWork work, IGradientProbe probe)
    {
        ArgumentNullException.ThrowIfNull(work);
        var tensors = (work.Personal ?? TensorSet.Empty).With(work.Start);
        return work.Plan.Trained.FirstOrDefault(n => !tensors.ContainsKey(n)) is { } missing
            ? throw new InvalidDataException($"{work.Client} was not sent {missing} and has not kept it.")
            : new(tensors, work.Plan.Trained);
    }

    /// <summary>Delta(x) = s x Aᵀ Bᵀ.</summary>
    public override ModelOverlay Adapt(IReadOnlyDictionary<string, torch.Tensor> tensors, LocalPlan plan)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return new(
            _lora.Maps.Select(m => new KeyValuePair<string, IMapDelta>(
                m.Name,
                new LowRankDelta(tensors[LoraNames.A(m.Name)], tensors[LoraNames.B(m.Name)], _lora.Scale)
            ))
        );
    }

    /// <summary>The trained factor leaves, the frozen one stays: the next round trains it.</summary>
    public override LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(end);
        var frozen = start.Tensors.Where(n => !IsHead(n) && !end.Trained.ContainsKey(n));
        return LocalUpdate.Of(end.Trained) with { Personal = frozen };
    }

    /// <summary>The mean of the trained factor; one more round is done.</summary>
    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        var done = Done(state) + 1;
        var next = base.Aggregate(state, round, contributions);
        return next with
        {
            Memory = Participation.Mark(next.Memory, new(done), contributions).With(Rounds, TensorValue.Wholes(done)),
        };
    }

    /// <inheritdoc />
    public override IReadOnlyList<LoraPair> Export(TensorSet global) => LoraPair.Of(global, _lora.Scale);

    /// <inheritdoc />
    public override string? Refuses(MethodOption option) =>
        option switch
        {
            MethodOption.EncodedUpload =>
                "clients keep the factor that others trained last, so what they send is no change of what they got",
            MethodOption.EncodedDownload => "clients keep one factor from round to round as it was, and are sent the other",
            MethodOption.ControlVariates =>
                "a factor moves in every other round, so its control variates would be those of an older round",
            MethodOption.RobustProducts =>
                "clients send one factor; the other is the same for all, so distances between factors are those to take",
            _ => base.Refuses(option),
        };

    private static bool IsTrained(string name, int done) =>
        name.EndsWith(done % 2 == 0 ? LoraNames.SuffixB : LoraNames.SuffixA, StringComparison.Ordinal);

    private static int Done(ServerState state) => MemoryMarshal.Read<int>(state.Memory[Rounds].Bytes.Span);
}
