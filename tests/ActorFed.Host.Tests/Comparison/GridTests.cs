using ActorFed.Host.Comparison;

namespace ActorFed.Host.Tests.Comparison;

public sealed class GridTests
{
    [Fact]
    public void Every_combination_comes_once_the_last_axis_fastest()
    {
        var row = new Row("r", "fedit", []) { Axes = [new("actorfed.a", ["1", "2"]), new("actorfed.b", ["x", "y", "z"])] };

        Assert.Equal(
            ["a 1, b x", "a 1, b y", "a 1, b z", "a 2, b x", "a 2, b y", "a 2, b z"],
            row.Combinations.Select(c => Cell.Words(c))
        );
    }

    [Theory]
    [InlineData("0.01", true)]
    [InlineData("0.1", false)]
    [InlineData("3", true)]
    public void The_ends_of_a_grid_are_its_least_and_greatest_number_in_whatever_order(string best, bool isEdge) =>
        Assert.Equal(isEdge, new Axis("actorfed.a", ["0.1", "3", "0.01"]).IsEdge(best));

    [Fact]
    public void Words_and_single_values_have_no_ends()
    {
        Assert.False(new Axis("actorfed.a", ["adamw", "sgd"]).IsEdge("sgd"));
        Assert.False(new Axis("actorfed.a", ["0.1"]).IsEdge("0.1"));
    }

    [Fact]
    public void Lists_of_seeds_may_have_ranges()
    {
        var errors = new List<string>();

        Assert.Equal(new long[] { 1, 2, 3, 7 }, new Lists(errors).Seeds("--seeds", "1-3, 7"));
        Assert.Empty(errors);
        Assert.Empty(new Lists(errors).Seeds("--seeds", "3-1"));
        Assert.Equal(2, errors.Count); // no range, and so no seed
    }

    [Fact]
    public void A_row_s_own_values_stand_for_the_common_ones()
    {
        var errors = new List<string>();
        var lists = new Lists(errors);
        var rows = lists.Rows("head-only,fedit", ["f2=fedit;lora.rank=2"]);

        var axes = lists.Axes(["head.rate=0.1,0.3", "f2:head.rate=0.01", "actorfed.train.rate=0.1"], rows);

        Assert.Empty(errors);
        Assert.Equal(["actorfed.head.rate", "actorfed.train.rate"], axes[""].Select(a => a.Path));
        Assert.Equal("0.01", Assert.Single(Assert.Single(axes["f2"]).Values));
        Assert.Equal(KeyValuePair.Create("actorfed.lora.rank", "2"), Assert.Single(rows[2].Overrides));
    }
}
