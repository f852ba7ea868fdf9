using Akka.Configuration;

namespace Akka.Tests.Configuration;

/// <summary>The forms in which a value can be written.</summary>
public sealed class HoconSyntaxSpec
{
    private static Config Parse(string hocon) => ConfigurationFactory.ParseString(hocon);

    [Theory]
    [InlineData("a = 1")]
    [InlineData("a : 1")]
    [InlineData("{ a = 1 }")]
    [InlineData("{ \"a\": 1 }")]
    [InlineData("  a=1  # comment")]
    [InlineData("a = 1 // comment")]
    [InlineData("# comment\n// comment\n\na = 1")]
    [InlineData("\uFEFFa = 1")]
    [InlineData("\ta\u00A0=\t1\t")]
    [InlineData("a = 0\na = 1")]
    [InlineData("b = 2, a = 1,")]
    [InlineData("b = 2\r\na = 1\r\n")]
    [InlineData("a =\n  1")]
    public void One_setting_can_be_written_in_many_ways(string hocon) => Assert.Equal("1", Parse(hocon).GetString("a"));

    [Theory]
    [InlineData("a { b { c = 1 } }")]
    [InlineData("a.b.c = 1")]
    [InlineData("a = { b.c : 1 }")]
    [InlineData("a.b { c = 1 }")]
    [InlineData("a\n{\n  b\n  {\n    c = 1\n  }\n}")]
    [InlineData("\"a\".b.\"c\" = 1")]
    public void A_dotted_key_is_a_nested_object(string hocon) => Assert.Equal(1, Parse(hocon).GetInt("a.b.c"));

    [Fact]
    public void A_quoted_key_is_one_element_whatever_it_holds()
    {
        var config = Parse("bindings { \"System.Byte[]\" = bytes, \"a b\".\"\" = 2 }");
        Assert.Equal("bytes", config.GetString("bindings.\"System.Byte[]\""));
        Assert.Equal(2, config.GetInt("bindings.a b.\"\""));
    }

    [Theory]
    [InlineData("/user/actor { x = 1 }", "/user/actor")]
    [InlineData("1 { x = 1 }", "1")]
    [InlineData("a+b { x = 1 }", "a+b")]
    [InlineData("two words { x = 1 }", "two words")]
    [InlineData("include-not { x = 1 }", "include-not")]
    [InlineData("include { x = 1 }", "include")]
    public void A_bare_key_may_hold_more_than_letters(string hocon, string key) =>
        Assert.Equal(1, Parse(hocon).GetInt(key + ".x"));

    [Theory]
    [InlineData("a = two words", "two words")]
    [InlineData("a =   x  y   ", "x  y")]
    [InlineData("a = \"x\" y \"z\"", "x y z")]
    [InlineData("a = 10s", "10s")]
    [InlineData("a = -1.5e+3", "-1.5e+3")]
    [InlineData("a = /user/x", "/user/x")]
    [InlineData("a = \"\"", "")]
    [InlineData("a = \" x \"", " x ")]
    [InlineData("a = \"q\\\"b\\\\s\\/n\\nt\\tr\\rb\\bf\\fu\\u00e9\"", "q\"b\\s/n\nt\tr\rb\bf\fu\u00e9")]
    [InlineData("a = \"\"\"raw \\n \"quoted\"\nnext\"\"\"", "raw \\n \"quoted\"\nnext")]
    [InlineData("a = \"\"\"x\"\"\"\"", "x\"")]
    [InlineData("a = \"http://host:80/#x\"", "http://host:80/#x")]
    public void Text_is_what_was_written_without_quotes_and_escapes(string hocon, string text) =>
        Assert.Equal(text, Parse(hocon).GetString("a"));

    [Theory]
    [InlineData("a = [1, 2, 3]")]
    [InlineData("a = [1, 2, 3,]")]
    [InlineData("a = [\n 1 # one\n 2\n\n 3\n]")]
    [InlineData("a = [1] [2] [3]")]
    [InlineData("a = [1], a += 2, a += 3")]
    [InlineData("a += 1\na += 2\na += 3")]
    [InlineData("a { 2 = 3, 0 = 1, 1 = 2 }")]
    public void A_list_can_be_written_in_many_ways(string hocon) => Assert.Equal([1, 2, 3], Parse(hocon).GetIntList("a"));

    [Fact]
    public void Lists_nest_and_hold_objects()
    {
        var items = Parse("a = [[1, 2], { x = 3 }, []]").GetValue("a")!.GetArray();
        Assert.Equal("2", items[0].GetArray()[1].GetString());
        Assert.Equal("3", items[1].GetObject().Items["x"].GetString());
        Assert.Empty(items[2].GetArray());
    }

    [Fact]
    public void Appending_adds_one_item_even_when_it_is_a_list() =>
        Assert.Equal("[1, [2, 3]]", Parse("a = [1]\na += [2, 3]").GetValue("a")!.ToString());

    [Fact]
    public void Objects_of_one_key_merge_and_the_later_value_wins()
    {
        var config = Parse("a { x = 1, y = 1 }\na { y = 2, z { u = 3 } }\na.z.v = 4");
        Assert.Equal("x : 1\ny : 2\nz : {\n  u : 3\n  v : 4\n}\n", config.GetConfig("a")!.ToString());
    }

    [Fact]
    public void A_value_between_two_objects_cuts_them_apart() =>
        Assert.Equal("a : {\n  y : 2\n}\n", Parse("a { x = 1 }\na = 5\na { y = 2 }").ToString());

    [Fact]
    public void Objects_side_by_side_merge() =>
        Assert.Equal("a : {\n  x : 1\n  y : 3\n}\n", Parse("a = { x = 1, y = 2 } { y = 3 }").ToString());

    [Fact]
    public void Null_is_no_value()
    {
        var config = Parse("a = null, b = \"null\"");
        Assert.False(config.HasPath("a"));
        Assert.Equal("d", config.GetString("a", "d"));
        Assert.Equal("null", config.GetString("b"));
    }
}
