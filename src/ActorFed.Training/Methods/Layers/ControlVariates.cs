using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ActorFed.Training.Aggregation;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Models;
using ActorFed.Training.Settings;
using ActorFed.Training.Trainers;
using TorchSharp;

namespace ActorFed.Training.Methods.Layers;

/// <summary>SCAFFOLD, option II: control variates c (server) and c_k (client) take the drift of non-IID clients out of their steps.</summary>
/// <remarks>
/// <para>Step: y ← y - η (g - c_k + c). The correction comes before clipping, and what was clipped is what c_k' sees.</para>
/// <para>After S steps: c_k' = c_k - c + (θ - y) / (S η); the client sends y and c_k' - c_k and keeps c_k'.</para>
/// <para>Server: θ by the method's own aggregation; c ← c + (1/N) Σ_round (c_k' - c_k), N all clients of the run. All begin at zero, so c is
/// the mean of all clients' c_k at all times.</para>
/// <para>Twice the traffic of what is trained. Only for plain SGD: (θ - y) / (S η) is a mean gradient only where a step is -η g.</para>
/// <para>Source: Karimireddy et al. 2020 (https://arxiv.org/abs/1910.06378), algorithm 1.</para>
/// </remarks>
internal sealed class ControlVariates(ITrainableMethod inner, TrainerOptions options, int clients) : MethodLayer(inner)
{
    public const string Key = "client.scaffold";
    private const string Kept = "scaffold.";

    private (TensorSet Download, TensorSet Variates, TensorSet Both)? _sent;

    public static ImmutableArray<SettingSpec> Specs { get; } =
    [SettingSpec.Flag(Key, false, "SCAFFOLD: control variates of what clients train; plain SGD only, twice the traffic.")];

    /// <summary>Why these settings do not bear it; null where they do.</summary>
    public static string? RefusedBy(SettingValues settings, bool touchesEncoder)
    {
        var adaptive =
            (touchesEncoder && settings.Choice("train.optimizer") != "sgd")
            || (settings.Flag(CommonSettings.HeadTrain) && settings.Choice("head.optimizer") != "sgd");
        return adaptive || settings.Number("train.momentum") > 0
                ? "its variates are gradients only where a step is -rate x gradient: set train.optimizer = sgd, head.optimizer = sgd, train.momentum = 0"
            : settings.Number(ProximalTerm.Key) > 0
                ? $"its variates would carry the gradient of {ProximalTerm.Key} to other clients"
            : settings.Choice(Aggregation.Robust.RobustOptions.RuleKey) != "none"
            || settings.Number(Aggregation.Robust.RobustOptions.ClipKey) > 0
                ? "a faulty client's variates would reach the server's past the robust rule"
            : null;
    }

    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round)
    {
        ArgumentNullException.ThrowIfNull(state);
        var given = base.Assign(Plain(state), client, round);
        var variates = TensorSet.Of(
            given.Plan.Trained.Select(n =>
                KeyValuePair.Create(
                    Sent(n),
                    state.Memory.TryGetValue(Kept + n, out var c) ? c : TensorValue.Zeros(given.Download[n].Shape.AsSpan())
                )
            )
        );
        return given with { Download = Both(given.Download, variates), UploadBytes = given.UploadBytes + variates.PayloadBytes };
    }

    public override LocalStart Personalise(LocalWork work, IGradientProbe probe) => base.Personalise(Plain(work), probe);

    public override ILocalObjective Objective(LocalWork work, LocalStart start)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(start);
        // c - c_k, added to each gradient.
        var shift = start.Trained.ToDictionary(
            n => n,
            n => Combine(Server(work, n), Own(work, n) ?? Zeros(start, n), (c, own) => c - own),
            StringComparer.Ordinal
        );
        return new Corrected(base.Objective(Plain(work), start), shift);
    }

    public override LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(end);
        var update = base.Extract(Plain(work), start, end with { Objective = ((Corrected)end.Objective).Inner });
        var (changes, kept) = (TensorSet.Empty, work.Personal?.Where(IsKept) ?? TensorSet.Empty);
        foreach (var (name, y) in end.Trained)
        {
            var path = Combine(start.Tensors[name], y, (from, to) => (from - to) / (end.Steps * Rate(name)));
            var change = Combine(path, Server(work, name), (mean, c) => mean - c);
            changes = changes.With(Sent(name), change);
            kept = kept.With(Kept + name, Combine(Own(work, name) ?? Zeros(start, name), change, (own, d) => own + d));
        }

        return update with
        {
            Upload = update.Upload.With(changes),
            Personal = (update.Personal ?? TensorSet.Empty).With(kept),
        };
    }

    public override ServerState Aggregate(ServerState state, RoundId round, IReadOnlyList<Contribution> contributions)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(contributions);
        if (clients < contributions.Count)
        {
            throw new InvalidOperationException(
                $"{Key}: {contributions.Count} clients contributed, and the run is said to have {clients}."
            );
        }

        var next = base.Aggregate(
            Plain(state),
            round,
            [.. contributions.Select(c => c with { Upload = c.Upload.Where(n => !IsSent(n)) })]
        );
        var changes = contributions.Select(c => c with { Upload = c.Upload.Where(IsSent) }).ToList();
        var mean = WeightedMean.Of(changes, [.. changes.Select(_ => 1.0 / clients)]);
        var memory = state.Memory.Where(IsKept);
        foreach (var (sent, change) in mean)
        {
            var name = Kept + Trained(sent);
            memory = memory.With(name, memory.TryGetValue(name, out var c) ? Combine(c, change, (a, b) => a + b) : change);
        }

        return next with
        {
            Memory = next.Memory.With(memory),
        };
    }

    public override IReadOnlyList<ClientModel> Finish(ClientEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        return base.Finish(end with { Personal = Inside(end.Personal) });
    }

    // Whoever gets the same gets the same reference, so that it is encoded once.
    private TensorSet Both(TensorSet download, TensorSet variates)
    {
        if (_sent is not { } sent || !ReferenceEquals(sent.Download, download) || !Same(sent.Variates, variates))
        {
            _sent = sent = (download, variates, download.With(variates));
        }

        return sent.Both;
    }

    private double Rate(string name) => TensorSet.IsHead(name) ? options.Head.Rate : options.Adapter.Rate;

    private static bool Same(TensorSet one, TensorSet other) =>
        one.Keys.SequenceEqual(other.Keys, StringComparer.Ordinal)
        && one.All(t => t.Value.Bytes.Span.SequenceEqual(other[t.Key].Bytes.Span));

    private static TensorValue Server(LocalWork work, string name) => work.Start[Sent(name)];

    private static TensorValue? Own(LocalWork work, string name) =>
        work.Personal is { } personal && personal.TryGetValue(Kept + name, out var own) ? own : null;

    private static TensorValue Zeros(LocalStart start, string name) => TensorValue.Zeros(start.Tensors[name].Shape.AsSpan());

    private static ServerState Plain(ServerState state) => state with { Memory = state.Memory.Where(n => !IsKept(n)) };

    private static LocalWork Plain(LocalWork work) =>
        work with
        {
            Start = work.Start.Where(n => !IsSent(n)),
            Personal = Inside(work.Personal),
        };

    private static TensorSet? Inside(TensorSet? personal) => personal?.Where(n => !IsKept(n)) is { Count: > 0 } own ? own : null;

    // The head's variates are bytes of the head's column.
    private static string Sent(string name) =>
        TensorSet.IsHead(name) ? $"{TensorSet.HeadPrefix}variate.{name[TensorSet.HeadPrefix.Length..]}" : $"variate.{name}";

    private static string Trained(string sent) => sent.Replace("variate.", "", StringComparison.Ordinal);

    private static bool IsSent(string name) =>
        name.StartsWith("variate.", StringComparison.Ordinal)
        || name.StartsWith($"{TensorSet.HeadPrefix}variate.", StringComparison.Ordinal);

    private static bool IsKept(string name) => name.StartsWith(Kept, StringComparison.Ordinal);

    private static TensorValue Combine(TensorValue one, TensorValue other, Func<double, double, double> of)
    {
        var values = new float[one.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)of(one.Floats[i], other.Floats[i]);
        }

        return TensorValue.Of(values, one.Shape.AsSpan());
    }

    private sealed class Corrected(ILocalObjective inner, Dictionary<string, TensorValue> shift) : ILocalObjective
    {
        public ILocalObjective Inner => inner;

        public torch.Tensor? Penalty(IReadOnlyDictionary<string, torch.Tensor> tensors) => inner.Penalty(tensors);

        public void Observe(
            int step,
            IReadOnlyDictionary<string, torch.Tensor> tensors,
            IReadOnlyDictionary<string, torch.Tensor> gradients
        )
        {
            inner.Observe(step, tensors, gradients);
            foreach (var (name, gradient) in gradients)
            {
                gradient.add_(shift[name].ToTorch(gradient.device, gradient.dtype));
            }
        }
    }
}
