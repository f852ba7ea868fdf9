using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Settings;

namespace ActorFed.Training.Methods.Layers;

/// <summary>download.encoding: clients get the global model in 16, 8 or 4 bits a number; the server's own stays whole.</summary>
/// <remarks>
/// <para>Sent: Q(θ). Every client starts from it, so the method makes of a round θ' = Q(θ) + D; the server goes on from θ + D. So nothing
/// that the code swallows is lost to later rounds, and a change below its step adds up until it is seen: what error feedback does on
/// the way up. The preserved central model of Philippenko and Dieuleveut 2021 (https://arxiv.org/abs/2102.12528).</para>
/// <para>Blocks of download.block numbers share a float32 scale: 8 + 32 / block bits a number, or 4 + 32 / block. Shapes are those that
/// the method begins with, on both sides.</para>
/// </remarks>
internal sealed class EncodedDownload(ITrainableMethod inner, ChangeCode code) : MethodLayer(inner)
{
    private readonly Lazy<TensorSet> _shapes = new(() => inner.Initialise().Global);
    private readonly ConditionalWeakTable<TensorSet, Coded> _models = [];
    private readonly ConditionalWeakTable<TensorSet, Coded> _downloads = []; // who gets the same gets the same reference: it is encoded once
    private readonly ConditionalWeakTable<TensorSet, TensorSet> _starts = []; // a training asks for its own three times

    public static CodeSettings Code { get; } = new("download");

    public static ImmutableArray<SettingSpec> Specs { get; } =
        Code.Specs("How clients get the global model: whole, or in fewer bits; the server's own stays whole.");

    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round)
    {
        ArgumentNullException.ThrowIfNull(state);
        var given = base.Assign(state, client, round);
        var sent = _downloads.GetValue(given.Download, whole => Swapped(whole, state.Global));
        return given with { Download = sent.Codes, Start = sent.Read };
    }

    public override LocalStart Personalise(LocalWork work, IGradientProbe probe) => base.Personalise(Whole(work), probe);

    public override ILocalObjective Objective(LocalWork work, LocalStart start) => base.Objective(Whole(work), start);

    public override LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end) => base.Extract(Whole(work), start, end);

    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        var read = CodedOf(state.Global).Read;
        var after = base.Aggregate(state with { Global = state.Global.With(read) }, round, contributions);
        var moved = read
            .Keys.Where(after.Global.ContainsKey)
            .Select(n => KeyValuePair.Create(n, GoOn(state.Global[n], read[n], after.Global[n])));
        return after with { Global = after.Global.With(TensorSet.Of(moved)) };
    }

    private Coded CodedOf(TensorSet global) => _models.GetValue(global, Encode);

    private Coded Encode(TensorSet global)
    {
        var floats = global.Where(n => global[n].Type == ElementType.F32);
        var codes = TensorSet.Of(floats.SelectMany(t => code.Encode(t.Key, t.Value.Floats)));
        return new(codes, TensorSet.Of(floats.Select(t => Read(t.Key, codes, t.Value))));
    }

    private KeyValuePair<string, TensorValue> Read(string name, TensorSet codes, TensorValue like) =>
        new(name, TensorValue.Of(code.Decode(name, codes, like.Count), like.Shape.AsSpan()));

    // What a method sends beside the global model (control variates) goes as it is.
    private Coded Swapped(TensorSet given, TensorSet global)
    {
        var (codes, read) = CodedOf(global);
        var own = given.Where(n => read.ContainsKey(n) && ReferenceEquals(global[n], given[n]));
        var rest = given.Where(n => !own.ContainsKey(n));
        return new(rest.With(codes.Where(n => own.ContainsKey(ChangeCode.Trained(n)))), rest.With(read.Where(own.ContainsKey)));
    }

    private LocalWork Whole(LocalWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work with { Start = _starts.GetValue(work.Start, Whole) };
    }

    private TensorSet Whole(TensorSet sent)
    {
        var names = sent.Keys.Where(ChangeCode.IsCode).Select(ChangeCode.Trained).Distinct(StringComparer.Ordinal);
        return sent.Where(n => !ChangeCode.IsCode(n)).With(TensorSet.Of(names.Select(n => Read(n, sent, _shapes.Value[n]))));
    }

    // θ + (θ' - Q(θ)); what no client moved keeps its bits.
    private static TensorValue GoOn(TensorValue before, TensorValue read, TensorValue after)
    {
        if (after.Bytes.Span.SequenceEqual(read.Bytes.Span))
        {
            return before;
        }

        var values = after.Floats.ToArray();
        TensorPrimitives.Subtract(values, read.Floats, values);
        TensorPrimitives.Add(values, before.Floats, values);
        return TensorValue.Of(values, before.Shape.AsSpan());
    }

    /// <summary>Tensors as they are sent, and as clients read them.</summary>
    private sealed record Coded(TensorSet Codes, TensorSet Read);
}
