using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;

namespace ActorFed.Training.Tests.Methods;

/// <summary>What goes up and down, in bytes, by the table of the methods' papers: 8 clients of mixed budgets, three rounds.</summary>
/// <remarks>SharedFactorRunTests has the methods of shared factors, MissedRoundsTests what those are sent who were away.</remarks>
public sealed class MethodBytesTests
{
    private const int Rank = 4;
    private const int Clients = 8;
    private const int Head = sizeof(float) * Toys.Classes * (12 + 1);

    // Numbers of one rank over q and v of all layers, times 4 bytes; and of the same maps as whole matrices.
    private static readonly LinearMap[] Maps =
    [
        .. EncoderShape.Tiny.Maps.Where(m =>
            m.Name.EndsWith(".q", StringComparison.Ordinal) || m.Name.EndsWith(".v", StringComparison.Ordinal)
        ),
    ];

    private static readonly long OneRank = 4 * Maps.Sum(m => (long)m.In + m.Out);
    private static readonly long Whole = 4 * Maps.Sum(m => (long)m.In * m.Out);

    [Fact]
    public void FedIT_sends_both_factors_both_ways() => Each("fedit", (_, _) => (Rank * OneRank, Rank * OneRank));

    [Fact]
    public void Head_only_sends_the_head_both_ways() => Each("head-only", (_, _) => (0, 0));

    [Fact]
    public void HetLoRA_sends_what_the_budget_has_ranks_for() =>
        Each("hetlora", (budget, _) => (budget * Rank * OneRank, budget * Rank * OneRank), ("hetlora.prune", "off"));

    [Fact]
    public void FlexLoRA_sends_what_the_budget_has_ranks_for() =>
        Each("flexlora", (budget, _) => (budget * Rank * OneRank, budget * Rank * OneRank));

    [Fact]
    public void FLoRA_sends_its_ranks_up_and_the_stack_of_all_down_or_the_sum_where_that_is_smaller()
    {
        var stack = Enumerable.Range(0, Clients).Sum(i => EveryMethod.Mixed(ClientId.Of(i)) * Rank * OneRank);
        Each("flora", (budget, round) => (budget * Rank * OneRank, round == 1 ? 0 : Math.Min(stack, Whole)));
    }

    [Fact]
    public void FedEx_sends_the_means_and_a_residual_of_rank_K_plus_1_times_r_or_the_sum_where_that_is_smaller() =>
        Each(
            "fedex-lora",
            (_, round) => (Rank * OneRank, (Rank * OneRank) + (round == 1 ? 0 : Math.Min((Clients + 1) * Rank * OneRank, Whole)))
        );

    [Fact]
    public void HAFL_freezing_sends_all_down_and_what_was_trained_up_with_an_index_and_a_score_each() =>
        Each(
            "hafl",
            (budget, _) => (budget * Rank * OneRank, Rank * OneRank),
            ("hafl.mode", "freezing"),
            ("hafl.select", "global")
        );

    [Fact]
    public void HAFL_truncation_sends_the_chosen_components_both_ways() =>
        Each("hafl", (budget, _) => (budget * Rank * OneRank, budget * Rank * OneRank), ("hafl.mode", "truncation"));

    [Theory]
    [InlineData("mean", Rank)]
    [InlineData("shared", 0)]
    public void FDLoRA_sends_the_personal_module_once_or_never_and_then_the_global_one(string start, int once) =>
        Each("fdlora", (_, round) => ((round == 1 ? once : Rank) * OneRank, Rank * OneRank), ("fdlora.start", start));

    [Fact]
    public void The_ridge_head_goes_down_as_zeros_and_up_as_two_sums()
    {
        using var run = new ToyRun("head-ridge", Settings(), clients: Clients);
        run.Next();

        var sums = sizeof(double) * ((13 * 14 / 2) + (13 * Toys.Classes)); // (d + 1)(d + 2) / 2 and (d + 1) classes, d = 12
        Assert.All(run.Last.Values, l => Assert.Equal((sums, Head), (l.Got.Upload.PayloadBytes, l.Given.Download.PayloadBytes)));
    }

    private static Training.Settings.SettingValues Settings(params (string, string)[] more) =>
        Toys.Settings([("lora.rank", $"{Rank}"), ("train.steps", "1"), .. more]);

    // Adapter bytes up and down by budget and round; the head goes with them, indices and scores are counted apart.
    private static void Each(
        string method,
        Func<double, int, (double Up, double Down)> expected,
        params (string, string)[] settings
    )
    {
        using var run = new ToyRun(method, Settings(settings), clients: Clients, budget: EveryMethod.Mixed);
        for (var round = 1; round <= 3; round++)
        {
            run.Next();
            foreach (var (client, (given, got)) in run.Last)
            {
                var (up, down) = expected(EveryMethod.Mixed(client), round);
                Assert.Equal((client, round, up), (client, round, Adapter(got.Upload)));
                Assert.Equal((client, round, down), (client, round, Adapter(given.Download)));
                Assert.Equal(Head, given.Download.PayloadBytes - Adapter(given.Download) - Meta(given.Download));
                Assert.InRange(Meta(got.Upload), 0, 8L * Rank * Maps.Length); // an index and a score a component
                Assert.Equal(got.Upload.Count == 0 ? 0 : Head, got.Upload.PayloadBytes - Adapter(got.Upload) - Meta(got.Upload));
            }
        }
    }

    private static long Adapter(TensorSet tensors) =>
        tensors.Where(n => !Is(n, TensorSet.HeadPrefix) && !Is(n, TensorSet.MetaPrefix)).PayloadBytes;

    private static long Meta(TensorSet tensors) => tensors.Where(n => Is(n, TensorSet.MetaPrefix)).PayloadBytes;

    private static bool Is(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal);
}
