using Akka.Configuration;

namespace Akka.Tests.Configuration;

public sealed class HoconSubstitutionSpec
{
    private static Config Parse(string hocon) => ConfigurationFactory.ParseString(hocon);

    [Theory]
    [InlineData("b = 1, a = ${b}", "1")]
    [InlineData("a = ${b}, b = 1", "1")]
    [InlineData("a = ${b.c}, b { c = 1 }, b { c = 2 }", "2")]
    [InlineData("a = x ${b}/${b} y, b = 1", "x 1/1 y")]
    [InlineData("a = \"${b}\", b = 1", "${b}")]
    [InlineData("a = ${b}, b = ${c}, c = 1", "1")]
    [InlineData("a = ${\"b.c\"}, \"b.c\" = 1", "1")]
    [InlineData("a = x${?none}y", "xy")]
    [InlineData("a = 1, a = ${?none}", "1")]
    [InlineData("a = 1, a = ${a}2", "12")]
    [InlineData("a = 1, a = ${a}2, a = ${a}3", "123")]
    [InlineData("b { x = ${c.y}, z = 1 }, b.z = 3, c { w = ${b.z}, y = 2 }, c.y = 4, a = ${b.x} ${c.w}", "4 3")]
    public void A_substitution_is_the_value_at_its_path(string hocon, string a) => Assert.Equal(a, Parse(hocon).GetString("a"));

    [Fact]
    public void A_substitution_inside_an_object_sees_its_siblings()
    {
        var config = Parse("bar { foo = 42, baz = ${bar.foo} }\nbar { foo = 43 }");
        Assert.Equal(43, config.GetInt("bar.baz"));
    }

    [Fact]
    public void A_substituted_object_is_a_base_to_refine()
    {
        var config = Parse("base { x = 1, y { z = 1 } }, a = ${base} { y.z = 2 }");
        Assert.Equal("x : 1\ny : {\n  z : 2\n}\n", config.GetConfig("a")!.ToString());
        Assert.Equal(1, config.GetInt("base.y.z"));
    }

    [Fact]
    public void A_value_below_a_substituted_object_can_be_referred_to() =>
        Assert.Equal(1, Parse("base { x = 1 }, a = ${base}, b = ${a.x}").GetInt("b"));

    [Fact]
    public void An_object_can_extend_its_earlier_self() =>
        Assert.Equal("a : {\n  x : 1\n  y : 2\n}\n", Parse("a { x = 1 }\na = ${a} { y = 2 }").ToString());

    [Fact]
    public void A_list_can_extend_its_earlier_self() =>
        Assert.Equal([1, 2, 3], Parse("a = [2]\na = [1] ${a} [3]").GetIntList("a"));

    [Fact]
    public void Appending_to_a_substituted_list_keeps_both() =>
        Assert.Equal([1, 2], Parse("b = [1], a = ${b}, a += 2").GetIntList("a"));

    [Fact]
    public void An_optional_substitution_without_value_leaves_no_setting()
    {
        var config = Parse("a = ${?none}, l = [1, ${?none}, 2]");
        Assert.False(config.HasPath("a"));
        Assert.Equal([1, 2], config.GetIntList("l"));
    }

    [Theory]
    [InlineData("${ACTORFED_TEST_VALUE}")]
    [InlineData("${?ACTORFED_TEST_VALUE}")]
    public void The_environment_gives_what_the_configuration_has_not(string reference)
    {
        Environment.SetEnvironmentVariable("ACTORFED_TEST_VALUE", "from outside");
        Assert.Equal("from outside", Parse($"a = {reference}").GetString("a"));
        Assert.Equal("inside", Parse($"ACTORFED_TEST_VALUE = inside, a = {reference}").GetString("a"));
    }

    [Fact]
    public void A_configuration_lists_its_substitutions() =>
        Assert.Equal(["b.c", "d"], Parse("a = ${b.c} ${?d}, b.c = 1").Substitutions.Select(s => s.Path));

    [Theory]
    [InlineData(
        "a = 1\nb =  ${none.such}",
        "HOCON, line 2, column 6: the substitution ${none.such} has no value, in the configuration or the environment; ${?...} makes it optional."
    )]
    [InlineData("a = ${b}\nb = ${a}", "HOCON, line 2, column 5: the substitution ${a} refers to itself.")]
    [InlineData("a = ${a}", "HOCON, line 1, column 5: the substitution ${a} refers to itself.")]
    [InlineData("a { b = ${a} }", "HOCON, line 1, column 9: the substitution ${a} refers to itself.")]
    [InlineData("a = ${b} x, b { c = 1 }", "HOCON, line 1, column 1: cannot join an object and text in one value.")]
    [InlineData("a = [1] x", "HOCON, line 1, column 1: cannot join a list and text in one value.")]
    public void A_substitution_that_cannot_be_made_is_an_error_with_its_place(string hocon, string message) =>
        Assert.Equal(message, Assert.Throws<ConfigurationException>(() => Parse(hocon)).Message);

    [Fact]
    public void Text_that_doubles_without_end_is_refused()
    {
        var lines = Enumerable.Range(1, 60).Select(i => $"a{i} = ${{a{i - 1}}}${{a{i - 1}}}");
        var error = Assert.Throws<ConfigurationException>(() => Parse("a0 = x\n" + string.Join('\n', lines)));
        Assert.Contains("expand too far", error.Message);
    }

    [Fact]
    public void A_chain_of_very_many_substitutions_is_refused_not_a_crash()
    {
        var lines = Enumerable.Range(1, 20_000).Select(i => $"a{i} = ${{a{i + 1}}}");
        Assert.Contains(
            "expand too far",
            Assert.Throws<ConfigurationException>(() => Parse(string.Join('\n', lines) + "\na20001 = 1")).Message
        );
    }
}
