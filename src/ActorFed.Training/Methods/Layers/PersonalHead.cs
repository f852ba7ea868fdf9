using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Settings;
using TorchSharp;

namespace ActorFed.Training.Methods.Layers;

/// <summary>head.personal: every client has a head of its own, which it trains beside what the method trains and never sends.</summary>
/// <remarks>
/// For tasks whose classes are the clients' own (templates of a system's log): a mean of such heads says nothing to anybody. The head
/// begins at zero, stays on the client from round to round, and goes into every model that the method offers the client (Finish). The
/// global model keeps its zero head: only judgements of every client's own part mean anything. Inside, the method is as with head.train = off.
/// As FedPer has it: Arivazhagan et al. 2019 (https://arxiv.org/abs/1912.00818).
/// </remarks>
internal sealed class PersonalHead(ITrainableMethod inner, TensorSet zero) : MethodLayer(inner)
{
    public const string Key = "head.personal";
    private const string Own = "own-"; // no name of the head among what is kept: a method inside may look for one

    private (TensorSet Download, TensorSet Headless)? _sent;

    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        SettingSpec.Flag(
            Key,
            false,
            "Every client keeps a head of its own and never sends it; judge such runs by each client's own part (personal.holdout)."
        ),
    ];

    /// <summary>The method with personal heads, where the settings ask for them; the method itself where not.</summary>
    /// <param name="name">The method's name.</param>
    /// <param name="context">What the method is made from.</param>
    /// <param name="make">Makes it, with its other layers, from other settings.</param>
    /// <exception cref="ArgumentException">The method or another setting does not bear it; with the reason.</exception>
    public static ITrainableMethod Around(string name, MethodContext context, Func<MethodContext, ITrainableMethod> make)
    {
        if (!context.Settings.Flag(Key))
        {
            return make(context);
        }

        if (!context.Settings.Flag(CommonSettings.HeadTrain) || context.Settings.Choice(CommonSettings.HeadInit) != "zero")
        {
            throw new ArgumentException(
                $"{Key}: personal heads begin at zero and are trained: head.init = zero, head.train = on."
            );
        }

        if (name is "head-only" or "head-ridge" or "local-only")
        {
            throw new ArgumentException($"{Key} cannot be combined with {name}: {Why(name)}.");
        }

        var method = make(context with { Settings = context.Settings.With(CommonSettings.HeadTrain, "off") });
        return new PersonalHead(method, TaskHead.Zero(context.Classes, context.EmbeddingSize));
    }

    public override Assignment Assign(ServerState state, ClientProfile client, RoundId round)
    {
        var given = base.Assign(state, client, round);
        return given with { Download = Headless(given.Download) };
    }

    public override LocalStart Personalise(LocalWork work, IGradientProbe probe)
    {
        var head = HeadOf(work);
        var start = base.Personalise(Inside(work), probe);
        return new(start.Tensors.With(head), start.Trained.Union(head.Keys));
    }

    public override ILocalObjective Objective(LocalWork work, LocalStart start) =>
        new HeadBlind(base.Objective(Inside(work), Inside(start)));

    public override LocalUpdate Extract(LocalWork work, LocalStart start, LocalEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        var within = end with
        {
            Trained = end.Trained.Where(n => !TensorSet.IsHead(n)),
            Objective = ((HeadBlind)end.Objective).Inner,
        };
        var update = base.Extract(Inside(work), Inside(start), within);
        var head = end.Trained.Where(TensorSet.IsHead).Select(t => KeyValuePair.Create(Own + t.Key, t.Value));
        return update with { Personal = (update.Personal ?? TensorSet.Empty).With(TensorSet.Of(head)) };
    }

    public override IReadOnlyList<ClientModel> Finish(ClientEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        var own = end.Global.With(Head(end.Personal));
        return [.. base.Finish(end with { Global = own, Personal = Inside(end.Personal) }).Select(WithHead)];

        ClientModel WithHead(ClientModel model) => model with { Tensors = model.Tensors.With(Head(end.Personal)) };
    }

    // Whoever gets the same gets the same reference, so that it is encoded once.
    private TensorSet Headless(TensorSet download)
    {
        if (_sent is not { } sent || !ReferenceEquals(sent.Download, download))
        {
            _sent = sent = (download, download.Where(n => !TensorSet.IsHead(n)));
        }

        return sent.Headless;
    }

    private TensorSet HeadOf(LocalWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Head(work.Personal);
    }

    private TensorSet Head(TensorSet? personal) =>
        personal?.Where(IsOwn) is { Count: > 0 } own
            ? TensorSet.Of(own.Select(t => KeyValuePair.Create(t.Key[Own.Length..], t.Value)))
            : zero;

    private LocalWork Inside(LocalWork work) =>
        work with
        {
            Start = work.Start.With(HeadOf(work)),
            Personal = Inside(work.Personal),
        };

    private static TensorSet? Inside(TensorSet? personal) => personal?.Where(n => !IsOwn(n)) is { Count: > 0 } rest ? rest : null;

    private static LocalStart Inside(LocalStart start) =>
        start with
        {
            Trained = start.Trained.Where(n => !TensorSet.IsHead(n)).ToImmutableSortedSet(StringComparer.Ordinal),
        };

    private static bool IsOwn(string name) => name.StartsWith(Own + TensorSet.HeadPrefix, StringComparison.Ordinal);

    private static string Why(string method) =>
        method == "local-only" ? "its head is personal already" : "the head is all that its clients have in common";

    /// <summary>The method's own objective sees only what the method trains.</summary>
    private sealed class HeadBlind(ILocalObjective inner) : ILocalObjective
    {
        public ILocalObjective Inner => inner;

        public torch.Tensor? Penalty(IReadOnlyDictionary<string, torch.Tensor> tensors) => inner.Penalty(tensors);

        public void Observe(
            int step,
            IReadOnlyDictionary<string, torch.Tensor> tensors,
            IReadOnlyDictionary<string, torch.Tensor> gradients
        ) => inner.Observe(step, Without(tensors), Without(gradients));

        private static Dictionary<string, torch.Tensor> Without(IReadOnlyDictionary<string, torch.Tensor> tensors) =>
            tensors.Where(t => !TensorSet.IsHead(t.Key)).ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal);
    }
}
