using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Akka.Tests.Configuration;

public sealed class ConfigFallbackSpec
{
    private static Config Parse(string hocon) => ConfigurationFactory.ParseString(hocon);

    private static readonly Config First = "a { x = 1 }, list = [1]";
    private static readonly Config Second = "a { x = 2, y = 2 }, list = [2, 3], only = second";
    private static readonly Config Third = "a { z = 3 }, only = third, deep.est = 3";

    [Fact]
    public void What_the_first_has_not_comes_from_the_fallback()
    {
        var config = First.WithFallback(Second);
        Assert.Equal(1, config.GetInt("a.x"));
        Assert.Equal(2, config.GetInt("a.y"));
        Assert.Equal([1], config.GetIntList("list"));
        Assert.Equal("second", config.GetString("only"));
    }

    [Fact]
    public void Fallbacks_chain_in_order_however_they_were_joined()
    {
        foreach (
            var config in new[] { First.WithFallback(Second).WithFallback(Third), First.WithFallback(Second.WithFallback(Third)) }
        )
        {
            Assert.Equal("second", config.GetString("only"));
            Assert.Equal(3, config.GetInt("deep.est"));
            Assert.Equal("x : 1\ny : 2\nz : 3\n", Sorted(config.GetConfig("a")!));
        }
    }

    private static string Sorted(Config config) =>
        string.Concat(config.AsEnumerable().OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key} : {f.Value}\n"));

    [Fact]
    public void The_first_stays_as_it_was()
    {
        _ = First.WithFallback(Second);
        Assert.False(First.HasPath("only"));
        Assert.Null(First.Fallback);
    }

    [Fact]
    public void A_value_hides_the_object_of_a_fallback_and_null_hides_a_value()
    {
        Assert.Equal(5, Parse("a = 5").WithFallback(Second).GetInt("a"));
        Assert.False(Parse("a = 5").WithFallback(Second).HasPath("a.y"));
        Assert.False(Parse("only = null").WithFallback(Second).HasPath("only"));
    }

    [Fact]
    public void An_empty_side_changes_nothing()
    {
        Assert.Same(First, First.WithFallback(Config.Empty));
        Assert.Same(First, First.WithFallback(null!));
        Assert.Same(First, Config.Empty.WithFallback(First));
        Assert.False(new Config(Config.Empty, First).IsEmpty);
        Assert.Equal(1, new Config(Config.Empty, First).GetInt("a.x"));
    }

    [Fact]
    public void A_configuration_cannot_be_its_own_fallback() => Assert.Throws<ArgumentException>(() => First.WithFallback(First));

    [Fact]
    public void Root_and_ToString_are_of_the_first_alone()
    {
        var config = Parse("x = 1").WithFallback(Parse("y = 2"));
        Assert.Equal("x : 1\n", config.ToString());
        Assert.Equal("x : 1\n", config.ToString(includeFallback: false));
        Assert.Equal(["x"], config.Root.GetObject().Items.Keys);
        Assert.Equal(["x", "y"], Parse(config.ToString(includeFallback: true)).AsEnumerable().Select(f => f.Key).Order());
        Assert.Equal("y : 2\n", config.Fallback!.ToString());
        Assert.Equal("", Config.Empty.ToString(includeFallback: true));
    }

    [Fact]
    public void The_fields_of_the_root_are_listed_over_all_fallbacks()
    {
        var fields = First.WithFallback(Second).WithFallback(Third).AsEnumerable().ToDictionary(f => f.Key, f => f.Value);
        Assert.Equal(["a", "deep", "list", "only"], fields.Keys.Order());
        Assert.Equal(3, fields["a"].GetObject().Items.Count);
        Assert.Empty(Config.Empty.AsEnumerable());
    }

    [Fact]
    public void A_configuration_can_be_made_of_a_value() =>
        Assert.Equal(1, new Config(new HoconRoot(First.GetValue("a")!)).GetInt("x"));
}
