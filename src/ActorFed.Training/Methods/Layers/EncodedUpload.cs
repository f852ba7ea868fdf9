using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Settings;

namespace ActorFed.Training.Methods.Layers;

/// <summary>upload.encoding: what a client trained goes to the server as its change, in 16, 8 or 4 bits a number.</summary>
/// <remarks>
/// <para>Sent: Q(θ_k - θ + e_k). Kept by the client: e_k ← θ_k - θ + e_k - Q(...), so what rounding swallowed goes with a later round
/// (upload.error-feedback; a change below half a step of the code would else never arrive). The server reads θ + Q(...).</para>
/// <para>Blocks of upload.block numbers share a float32 scale: 8 + 32 / block bits a number, or 4 + 32 / block. Only what is trained is
/// encoded; all other tensors go whole. Error feedback as in Karimireddy et al. 2019 (https://arxiv.org/abs/1901.09847).</para>
/// </remarks>
internal sealed class EncodedUpload(ITrainableMethod inner, ChangeCode code, bool feedback) : MethodLayer(inner)
{
    public const string Feedback = "upload.error-feedback";
    private const string Kept = "unsent.";

    public static CodeSettings Code { get; } = new("upload");

    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        .. Code.Specs("How clients send what they trained: whole, or its change in fewer bits."),
        SettingSpec.Flag(Feedback, true, "What the encoding swallowed is kept by the client and sent with a later round."),
    ];

    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round)
    {
        var given = base.Assign(state, client, round);
        var saved = given.Plan.Trained.Sum(n => given.Download[n].Bytes.Length - code.Bytes((int)given.Download[n].Count));
        return given with { UploadBytes = given.UploadBytes - saved };
    }

    public override LocalStart Personalise(LocalWork work, IGradientProbe probe) => base.Personalise(Inside(work), probe);

    public override ILocalObjective Objective(LocalWork work, LocalStart start) => base.Objective(Inside(work), start);

    public override LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end)
    {
        ArgumentNullException.ThrowIfNull(work);
        var update = base.Extract(Inside(work), start, end);
        var upload = update.Upload.Where(n => !work.Plan.Trained.Contains(n));
        // Kept for what another round trains, too.
        var unsent = work.Personal?.Where(IsKept) ?? TensorSet.Empty;
        foreach (var name in work.Plan.Trained)
        {
            var change = Change(update.Upload[name], work.Start[name], Unsent(work, name));
            upload = upload.With(TensorSet.Of(code.Encode(name, change)));
            var sent = code.Decode(name, upload, work.Start[name].Count);
            unsent = unsent.With(Kept + name, Rest(change, sent, work.Start[name]));
        }

        var personal = feedback ? (update.Personal ?? TensorSet.Empty).With(unsent) : update.Personal;
        return update with { Upload = upload, Personal = personal };
    }

    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(contributions);
        return base.Aggregate(state, round, [.. contributions.Select(c => c with { Upload = Decoded(state.Global, c) })]);
    }

    public override IReadOnlyList<ClientModel> Finish(ClientEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        return base.Finish(end with { Personal = Inside(end.Personal) });
    }

    private TensorSet Decoded(TensorSet global, Contribution sent)
    {
        var whole = sent.Upload.Where(n => !ChangeCode.IsCode(n));
        foreach (
            var name in sent.Upload.Keys.Where(ChangeCode.IsCode).Select(ChangeCode.Trained).Distinct(StringComparer.Ordinal)
        )
        {
            if (!global.TryGetValue(name, out var before))
            {
                throw new ArgumentException($"{sent.Client} sent a change of {name}, which is no tensor of the global model.");
            }

            var values = code.Decode(name, sent.Upload, before.Count);
            System.Numerics.Tensors.TensorPrimitives.Add(values, before.Floats, values);
            whole = whole.With(name, TensorValue.Of(values, before.Shape.AsSpan()));
        }

        return whole;
    }

    private static float[] Change(TensorValue after, TensorValue before, TensorValue? unsent)
    {
        var change = after.Floats.ToArray();
        System.Numerics.Tensors.TensorPrimitives.Subtract(change, before.Floats, change);
        if (unsent is not null)
        {
            System.Numerics.Tensors.TensorPrimitives.Add(change, unsent.Floats, change);
        }

        return change;
    }

    private static TensorValue Rest(float[] change, float[] sent, TensorValue like)
    {
        System.Numerics.Tensors.TensorPrimitives.Subtract(change, sent, sent);
        return TensorValue.Of(sent, like.Shape.AsSpan());
    }

    private static TensorValue? Unsent(LocalWork work, string name) =>
        work.Personal is { } personal && personal.TryGetValue(Kept + name, out var unsent) ? unsent : null;

    private static LocalWork Inside(LocalWork work) => work with { Personal = Inside(work.Personal) };

    private static TensorSet? Inside(TensorSet? personal) => personal?.Where(n => !IsKept(n)) is { Count: > 0 } own ? own : null;

    private static bool IsKept(string name) => name.StartsWith(Kept, StringComparison.Ordinal);
}
