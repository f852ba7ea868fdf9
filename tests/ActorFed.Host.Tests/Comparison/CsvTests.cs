using ActorFed.Host.Comparison;

namespace ActorFed.Host.Tests.Comparison;

public sealed class CsvTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData(null, "")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-7, "1E-07")]
    public void A_field_stands_in_quotes_only_where_it_must(object? value, string expected) =>
        Assert.Equal(expected, Csv.Field(value));

    [Fact]
    public void Rows_stand_below_their_head() =>
        Assert.Equal(
            "a,b\n1,x\n2,y\n",
            Csv.Text(
                "a,b",
                [
                    [1, "x"],
                    [2, "y"],
                ]
            )
        );
}
