using Akka.Configuration;

namespace Akka.Hosting.Tests;

/// <summary>Values and configurations as HOCON.</summary>
public sealed class HoconSpec
{
    [Theory]
    [InlineData("plain-1.0_x", "plain-1.0_x")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("quo\"te\\", "\"quo\\\"te\\\\\"")]
    [InlineData("line\nend", "\"line\\nend\"")]
    [InlineData("null", "\"null\"")]
    [InlineData("", "\"\"")]
    public void A_text_is_quoted_where_it_must_be_and_is_read_back(string text, string hocon)
    {
        Assert.Equal(hocon, text.ToHocon());
        Assert.Equal(text, ConfigurationFactory.ParseString($"a = {text.ToHocon()}").GetString("a"));
    }

    [Fact]
    public void Numbers_and_switches_are_read_back()
    {
        var config = ConfigurationFactory.ParseString(
            $"i = {(-3).ToHocon()}, l = {long.MaxValue.ToHocon()}, d = {0.1.ToHocon()}, f = {1.5f.ToHocon()}, b = {true.ToHocon()}"
        );
        Assert.Equal(
            (-3, long.MaxValue, 0.1, 1.5f, true),
            (config.GetInt("i"), config.GetLong("l"), config.GetDouble("d"), config.GetFloat("f"), config.GetBoolean("b"))
        );
    }

    [Fact]
    public void A_duration_is_read_back_and_infinity_must_be_allowed()
    {
        var time = TimeSpan.FromTicks(12_345);
        var config = ConfigurationFactory.ParseString(
            $"t = {time.ToHocon()}, i = {Timeout.InfiniteTimeSpan.ToHocon(allowInfinite: true)}, z = {TimeSpan.Zero.ToHocon(zeroIsInfinite: true)}"
        );
        Assert.Equal(time, config.GetTimeSpan("t"));
        Assert.Equal(Timeout.InfiniteTimeSpan, config.GetTimeSpan("i"));
        Assert.Equal(Timeout.InfiniteTimeSpan, config.GetTimeSpan("z"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Timeout.InfiniteTimeSpan.ToHocon());
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeSpan.FromSeconds(-5).ToHocon(allowInfinite: true));
    }

    [Fact]
    public void What_is_not_set_cannot_be_written()
    {
        Assert.Throws<ArgumentNullException>(() => ((int?)null).ToHocon());
        Assert.Throws<ArgumentNullException>(() => ((string?)null).ToHocon());
        Assert.Equal("on", ((bool?)true).ToHocon());
    }

    [Fact]
    public void A_configuration_can_become_a_part_of_another()
    {
        var moved = ConfigurationFactory.ParseString("a = 1, b { c = \"x y\" }").MoveTo("outer.inner");
        Assert.Equal((1, "x y"), (moved.GetInt("outer.inner.a"), moved.GetString("outer.inner.b.c")));
        Assert.False(moved.HasPath("a"));
    }
}
