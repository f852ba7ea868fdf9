using System.Runtime.InteropServices;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;
using TorchSharp;

namespace ActorFed.Training.Tests.Methods;

public sealed class HaflTests
{
    private static readonly (string, string) Truncating = ("hafl.mode", "truncation");

    [Theory]
    [InlineData("freezing")]
    [InlineData("truncation")]
    public void With_all_components_it_is_fedit_to_the_bit(string mode)
    {
        (string, string)[] small = [("train.steps", "3"), ("lora.rank", "4"), ("aggregation.weights", "samples")];
        using var fedit = new ToyRun("fedit", Toys.Settings(small), clients: 8);
        using var same = new ToyRun("hafl", Toys.Settings([.. small, ("hafl.mode", mode)]), clients: 8);
        for (var round = 0; round < 3; round++)
        {
            fedit.Next();
            same.Next();
        }

        Assert.Equal(fedit.Hash, same.Hash);
    }

    [Theory]
    [InlineData("adaptive")]
    [InlineData("zero-padding")]
    public void A_component_is_the_mean_over_those_who_trained_it(string aggregation)
    {
        var fleet = new Fleet("hafl", 6, Truncating, ("hafl.aggregation", aggregation), ("hafl.explore", "0"));
        fleet.Train(5, i => (1 + (i % 3)) / 4.0);
        var before = fleet.State.Global;
        fleet.Aggregate();
        foreach (var map in Fleet.Maps.Select(m => m.Name))
        {
            for (var i = 0; i < 4; i++)
            {
                var senders = fleet.Members.Values.Where(m => Indices(m, map).Contains(i)).ToList();
                var divisor = aggregation == "adaptive" ? senders.Count : fleet.Members.Count;
                var expected =
                    senders.Count == 0
                        ? Row(before[LoraNames.A(map)], i)
                        : Enumerable
                            .Range(0, (int)before[LoraNames.A(map)].Shape[1])
                            .Select(k =>
                                senders.Sum(m => (double)Row(m.Update.Upload[LoraNames.A(map)], Indices(m, map).IndexOf(i))[k])
                                / divisor
                            )
                            .ToArray();
                Assert.All(
                    expected.Zip(Row(fleet.State.Global[LoraNames.A(map)], i)),
                    p => Assert.Equal(p.First, p.Second, 1e-6)
                );
            }
        }
    }

    [Fact]
    public void A_frozen_component_is_there_and_does_not_move()
    {
        using var scope = torch.NewDisposeScope();
        var fleet = new Fleet("hafl", 6);
        fleet.Train(4);
        fleet.Aggregate();
        var before = fleet.State.Global;
        fleet.Train(1, _ => 0.5);
        var member = fleet.Members.Values.Single();
        foreach (var map in Fleet.Maps)
        {
            Assert.Equal(2, Indices(member, map.Name).Count);
            Assert.InRange(Fleet.Error(fleet.Delta(member.Start.Tensors, member.Work.Plan, map), fleet.Global(map)), 0, 1e-6);
        }

        fleet.Aggregate();
        foreach (var map in Fleet.Maps.Select(m => m.Name))
        {
            foreach (var i in Enumerable.Range(0, 4))
            {
                var moved = !Row(before[LoraNames.A(map)], i).SequenceEqual(Row(fleet.State.Global[LoraNames.A(map)], i));
                Assert.Equal(Indices(member, map).Contains(i), moved);
            }
        }
    }

    [Theory]
    [InlineData("smoothed")]
    [InlineData("uncertainty")]
    public void Scores_are_smoothed_sensitivities(string score)
    {
        using var scope = torch.NewDisposeScope();
        var importance = new HaflImportance(0.5, 0.75, ["m.lora_A", "m.lora_B"], Zeros());
        var (w, g) = (new[] { 1f, -2, 3, 4 }, new[] { 0.5f, 1, -1, 0 });
        double[] mean = new double[4],
            spread = new double[4];
        for (var step = 0; step < 2; step++)
        {
            var (a, b) = (torch.tensor(w, 2, 2), torch.tensor(w, 2, 2));
            importance.Observe(
                step,
                new Dictionary<string, torch.Tensor> { ["m.lora_A"] = a, ["m.lora_B"] = b },
                new Dictionary<string, torch.Tensor>
                {
                    ["m.lora_A"] = torch.tensor(g, 2, 2),
                    ["m.lora_B"] = torch.tensor(g, 2, 2),
                }
            );
            for (var i = 0; i < 4; i++)
            {
                var seen = Math.Abs(w[i] * g[i]);
                mean[i] = (0.5 * mean[i]) + (0.5 * seen);
                spread[i] = (0.75 * spread[i]) + (0.25 * Math.Abs(seen - mean[i]));
            }
        }

        var s = score == "uncertainty" ? mean.Zip(spread, (m, u) => m * u).ToArray() : mean;
        var scores = HaflImportance.Scores(importance.Values(), "m", score == "uncertainty");
        Assert.Equal(((s[0] + s[1]) / 2) + ((s[0] + s[2]) / 2), scores[0], 1e-6); // row 0 of A, column 0 of B
        Assert.Equal(((s[2] + s[3]) / 2) + ((s[1] + s[3]) / 2), scores[1], 1e-6);

        static TensorSet Zeros() =>
            TensorSet.Of(
                new[] { "m.lora_A", "m.lora_B" }
                    .SelectMany(n => new[] { HaflImportance.Mean(n), HaflImportance.Spread(n) })
                    .Select(n => KeyValuePair.Create(n, TensorValue.Zeros(2, 2)))
            );
    }

    [Fact]
    public void The_best_are_chosen_and_without_exploring_the_others_starve()
    {
        Assert.Equal([1, 3], Chosen(explore: "0", rounds: 60));
        Assert.Equal([0, 1, 2, 3], Chosen(explore: "0.2", rounds: 60));

        static List<int> Chosen(string explore, int rounds)
        {
            var fleet = new Fleet("hafl", 6, ("hafl.explore", explore));
            var scores = TensorValue.Of([0.1f, 0.9f, 0.2f, 0.8f], 4);
            var state = fleet.State with
            {
                Memory = TensorSet.Of(Fleet.Maps.Select(m => KeyValuePair.Create($"scores.{m.Name}", scores))),
            };
            return
            [
                .. Enumerable
                    .Range(1, rounds)
                    .SelectMany(r => fleet.Method.Assign(state, Toys.Profile(ClientId.Of(0), 0.5), new(r)).Plan.Indices["one"])
                    .Distinct()
                    .Order(),
            ];
        }
    }

    [Fact]
    public void Sensitivity_lives_on_the_client_from_round_to_round()
    {
        using var run = new ToyRun(
            "hafl",
            Toys.Settings(("lora.rank", "4"), ("train.steps", "2"), ("hafl.select", "client")),
            clients: 4,
            budget: EveryMethod.Mixed
        );
        run.Next();
        var client = ClientId.Of(1);
        var first = run.Personal[client];
        var map = run.Method.Export(run.State.Global)[0].Map;
        Assert.Equal(4, first[HaflImportance.Mean(LoraNames.A(map))].Shape[0]);
        Assert.DoesNotContain(run.Assign(client, new(2)).Plan.Indices.Keys, _ => true); // it chooses by itself
        run.Next();
        Assert.NotEqual(first.Encoded.ToArray(), run.Personal[client].Encoded.ToArray());
        Assert.Contains(run.Last[client].Got.Upload.Keys, k => k.StartsWith("meta.components.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("float32", 4 * (7 + 5 + 6 + 9))]
    [InlineData("int8", 7 + 5 + 6 + 9 + (4 * (1 + 1 + 1 + 2)))] // a code a number; blocks of 8 with a scale each
    [InlineData("int4", 4 + 3 + 3 + 5 + (4 * (1 + 1 + 1 + 2)))]
    public void A_component_costs_its_numbers_and_an_index_and_a_score(string upload, int each)
    {
        foreach (var mode in new[] { "freezing", "truncation" })
        {
            var fleet = new Fleet("hafl", 6, ("hafl.mode", mode), ("hafl.upload", upload), ("hafl.block", "8"));
            fleet.Train(4, i => (1 + i) / 4.0);
            foreach (var (member, count) in fleet.Members.Values.Zip([1, 2, 3, 4]))
            {
                var meta = member.Update.Upload.Where(n => n.StartsWith("meta.", StringComparison.Ordinal)).PayloadBytes;
                Assert.Equal(2 * 8 * count, meta);
                Assert.Equal(member.Given.UploadBytes, member.Update.Upload.PayloadBytes);
                Assert.Equal((count * each) + (4 * 2 * (3 + 1)), member.Update.Upload.PayloadBytes - meta);
                var held = mode == "freezing" ? 4 : count;
                Assert.Equal((held * 4 * 27) + 32, member.Given.Download.PayloadBytes);
            }
        }
    }

    [Theory]
    [InlineData("int8", 0.01)]
    [InlineData("int4", 0.2)]
    public void A_quantised_round_is_near_the_exact_one(string upload, double most)
    {
        var (exact, coarse) = (new Fleet("hafl", 6), new Fleet("hafl", 6, ("hafl.upload", upload)));
        foreach (var fleet in new[] { exact, coarse })
        {
            fleet.Train(5, i => (1 + (i % 4)) / 4.0);
            fleet.Aggregate();
        }

        foreach (var name in exact.State.Global.Keys)
        {
            var pairs = exact.State.Global[name].Floats.ToArray().Zip(coarse.State.Global[name].Floats.ToArray()).ToList();
            Assert.InRange(
                Math.Sqrt(pairs.Sum(p => Math.Pow(p.First - p.Second, 2))),
                0,
                most * Math.Sqrt(pairs.Sum(p => Math.Pow(p.First, 2)))
            );
        }
    }

    [Fact]
    public void What_cannot_be_combined_is_refused_with_the_reason()
    {
        var padding = Assert.Throws<ArgumentException>(() => new Fleet("hafl", 1, ("hafl.aggregation", "zero-padding")));
        Assert.Contains("zero-padding needs hafl.mode = truncation", padding.Message, StringComparison.Ordinal);
        var choosing = Assert.Throws<ArgumentException>(() => new Fleet("hafl", 1, Truncating, ("hafl.select", "client")));
        Assert.Contains("cannot choose among components that it was not sent", choosing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 1, 0 })] // fault: not ascending
    [InlineData(new[] { 0, 4 })] // fault: beyond the rank
    [InlineData(new[] { -1, 0 })] // fault: negative
    public void Components_that_there_are_not_are_refused_with_the_clients_name(int[] indices)
    {
        var fleet = new Fleet("hafl", 6);
        fleet.Train(1, _ => 0.5);
        var (client, member) = fleet.Members.Single();
        var bad = member.Update.Upload.With(
            "meta.components.one",
            new(ElementType.I32, [2], MemoryMarshal.AsBytes(indices.AsSpan()).ToArray())
        );
        var error = Assert.Throws<ArgumentException>(() => fleet.Method.Aggregate(fleet.State, new(1), [new(client, bad, 5)]));
        Assert.Contains("client-00000 sent the components", error.Message, StringComparison.Ordinal);
    }

    private static List<int> Indices(FleetMember member, string map) =>
        [.. MemoryMarshal.Cast<byte, int>(member.Update.Upload[$"meta.components.{map}"].Bytes.Span).ToArray()];

    private static double[] Row(TensorValue a, int row) =>
        [.. a.Floats.Slice(row * (int)a.Shape[1], (int)a.Shape[1]).ToArray().Select(v => (double)v)];
}
