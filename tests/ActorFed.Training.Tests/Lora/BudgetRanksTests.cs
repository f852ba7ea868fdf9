using ActorFed.Training.Lora;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;
using FsCheck;
using FsCheck.Fluent;

namespace ActorFed.Training.Tests.Lora;

/// <summary>Equal budgets: the ranks of the papers, and numbers that agree within 2 %.</summary>
public sealed class BudgetRanksTests
{
    [Theory]
    [InlineData(32, 64, 221, 110)]
    [InlineData(64, 128, 313, 156)]
    public void At_width_768_the_ranks_are_those_of_the_papers_table(int lora, int ffa, int sb, int ravan)
    {
        var maps = Enumerable.Range(0, 24).Select(i => new LinearMap($"m{i}", 768, 768)).ToArray();
        Assert.All(BudgetRanks.Of([.. maps], lora, (m, r) => (long)r * m.Out), m => Assert.Equal(ffa, m.Rank));
        Assert.All(BudgetRanks.Of([.. maps], lora, (_, r) => (long)r * r), m => Assert.Equal(sb, m.Rank));
        Assert.All(BudgetRanks.Of([.. maps], lora, (_, r) => 4L * r * r), m => Assert.Equal(ravan, m.Rank));
    }

    [Theory]
    [InlineData("layers.*.attention.{q,v}")]
    [InlineData("**")]
    public void From_rank_4_on_all_methods_train_as_many_numbers_within_2_percent(string targets) =>
        Prop.ForAll(
                Gen.Elements(Enumerable.Range(4, 29)).ToArbitrary(),
                Gen.Elements(1, 2, 3, 4, 6, 8).ToArbitrary(),
                (lora, heads) =>
                    new[] { "ffa-lora", "fed-sb", "ravan" }.All(name =>
                    {
                        var settings = new[] { ("lora.targets", targets), ("lora.rank", $"{lora}"), ("ravan.heads", $"{heads}") };
                        var fedit = Trained(Dense.Method("fedit", EncoderShape.UseLite, settings));
                        var own = Trained(Dense.Method(name, EncoderShape.UseLite, settings));
                        return Math.Abs(own - fedit) <= 0.02 * fedit;
                    })
            )
            .QuickCheckThrowOnFailure();

    private static double Trained(ITrainableMethod method) => method.AdapterParameters;
}
