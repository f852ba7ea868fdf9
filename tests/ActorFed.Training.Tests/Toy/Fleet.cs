using System.Collections.Immutable;
using ActorFed.Training.Chance;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using TorchSharp;

namespace ActorFed.Training.Tests.Toy;

/// <summary>One client's part of a round of a <see cref="Fleet"/>.</summary>
internal sealed record FleetMember(Assignment Given, LocalWork Work, LocalStart Start, LocalEnd End, LocalUpdate Update);

/// <summary>A method on two bare maps without a model: "training" draws random values for whatever the method trains.</summary>
internal sealed class Fleet
{
    private readonly long _seed;
    private readonly Dictionary<ClientId, TensorSet> _personal = [];

    public Fleet(string method, long seed, params (string Key, string Value)[] settings)
    {
        _seed = seed;
        (string, string)[] all = [("lora.targets", "**"), ("lora.rank", "4"), ("lora.alpha", "6"), .. settings];
        Method = MethodCatalog.Create(method, new(seed, Maps, 3, 2, Toys.Settings(all)));
        State = Method.Initialise();
    }

    public static ImmutableArray<LinearMap> Maps { get; } = [new("one", 7, 5), new("two", 6, 9)];

    public ITrainableMethod Method { get; }

    public ServerState State { get; set; }

    public RoundId Round { get; private set; } = RoundId.Start;

    public SortedDictionary<ClientId, FleetMember> Members { get; } = [];

    public IReadOnlyList<Contribution> Contributions =>
        [.. Members.Select(m => new Contribution(m.Key, m.Value.Update.Upload, m.Value.End.Examples))];

    /// <summary>Weights p_k of samples, in client order.</summary>
    public double[] Shares => [.. Members.Values.Select(m => (double)m.End.Examples / Members.Values.Sum(o => o.End.Examples))];

    /// <summary>A round of these clients, up to what they send.</summary>
    public void Train(int clients, Func<int, double>? budget = null, double size = 1)
    {
        Round = Round.Next;
        Members.Clear();
        for (var i = 0; i < clients; i++)
        {
            Members.Add(ClientId.Of(i), Train(ClientId.Of(i), budget?.Invoke(i) ?? 1, size));
        }
    }

    /// <summary>The round's end.</summary>
    public void Aggregate()
    {
        State = Method.Aggregate(State, Round, Contributions);
        foreach (var (client, member) in Members)
        {
            _personal.Remove(client);
            if (member.Update.Personal is { } kept)
            {
                _personal.Add(client, kept);
            }
        }
    }

    public LocalWork Work(ClientId client, Assignment given, RoundId round) =>
        new(client, round, 0, given.Download, given.Plan, _personal.GetValueOrDefault(client));

    /// <summary>What the overlay of these tensors adds to a map, [in, out], float64: the map of the unit matrix.</summary>
    public torch.Tensor Delta(TensorSet tensors, LocalPlan plan, LinearMap map)
    {
        var held = tensors
            .Where(n => !n.StartsWith(TensorSet.MetaPrefix, StringComparison.Ordinal))
            .ToDictionary(t => t.Key, t => t.Value.ToTorch(type: torch.ScalarType.Float64));
        var zero = torch.zeros(map.In, map.Out, dtype: torch.ScalarType.Float64);
        return Method.Adapt(held, plan).Apply(map.Name, zero, torch.eye(map.In, dtype: torch.ScalarType.Float64));
    }

    /// <summary>What the global model adds to a map.</summary>
    public torch.Tensor Global(LinearMap map) => Delta(Method.Expand(State.Global), LocalPlan.Empty, map);

    /// <summary>What a client's trained model adds to a map.</summary>
    public torch.Tensor Trained(FleetMember member, LinearMap map) =>
        Delta(member.Start.Tensors.With(member.End.Trained), member.Work.Plan, map);

    /// <summary>Σ p_k ΔW_k, the exact mean of what the clients trained.</summary>
    public torch.Tensor DenseMean(LinearMap map, double[]? weights = null) =>
        Members.Values.Select((m, i) => Trained(m, map).mul((weights ?? Equal())[i])).Aggregate((sum, next) => sum.add(next));

    /// <summary>||a - b|| / ||b||.</summary>
    public static double Error(torch.Tensor a, torch.Tensor b) =>
        a.sub(b).norm().ToDouble() / Math.Max(b.norm().ToDouble(), 1e-30);

    private double[] Equal() => [.. Members.Select(_ => 1.0 / Members.Count)];

    private FleetMember Train(ClientId client, double budget, double size)
    {
        var given = Method.Assign(State, Toys.Profile(client, budget), Round);
        var work = Work(client, given, Round);
        var start = Method.Personalise(work, new NoProbe());
        var chance = SeededRandom.For(_seed, "fleet", Round.Number, client.Value);
        var trained = TensorSet.Of(start.Trained.Select(n => KeyValuePair.Create(n, Drawn(chance, start.Tensors[n], size))));
        var end = new LocalEnd(trained, Method.Objective(work, start), 1 + chance.Next(50), 1);
        return new(given, work, start, end, Method.Extract(work, start, end));
    }

    private static TensorValue Drawn(SeededRandom chance, TensorValue like, double size) =>
        TensorValue.Of(
            [.. Enumerable.Range(0, (int)like.Count).Select(_ => (float)chance.NextNormal(0, size))],
            like.Shape.AsSpan()
        );

    private sealed class NoProbe : IGradientProbe
    {
        public TensorSet Gradients(TensorSet tensors, ImmutableSortedSet<string> names) =>
            throw new InvalidOperationException("There is no data to take gradients of.");
    }
}
