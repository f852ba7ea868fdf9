using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Training.Methods;

/// <summary>A method whose clients share frozen factors that come from the seed; what it trains is linear in the weights, so its mean is exact.</summary>
public abstract class FrozenBasisMethod(MethodContext context) : FederatedMethod(context)
{
    /// <summary>The frozen factors.</summary>
    protected abstract FrozenBases Bases { get; }

    /// <summary>The trained part as it is before the first round, without the head.</summary>
    protected abstract TensorSet Start { get; }

    /// <inheritdoc />
    public override long AdapterParameters => Start.Values.Sum(t => t.Count);

    /// <summary>The trained part and the head; the hash of the bases in the server's memory.</summary>
    public override ServerState Initialise() => new(Start.With(Head), Bases.Stamp);

    /// <inheritdoc />
    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round) =>
        Bases.Sign(base.Assign(state, client, round), state);

    /// <inheritdoc />
    public override LocalStart Personalise(LocalWork work, IGradientProbe probe)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new(work.Start.With(Bases.Checked(work.Plan)), work.Plan.Trained);
    }

    /// <inheritdoc />
    public override TensorSet Expand(TensorSet global)
    {
        ArgumentNullException.ThrowIfNull(global);
        return global.With(Bases.Tensors);
    }
}
