using Akka.Configuration;

namespace Akka.Tests.Configuration;

public sealed class ConfigReadSpec
{
    private static readonly Config Settings = """
        text = abc, whole = 42, fraction = 1.5, on = on, off = no, empty = "", list = [1, x], object { x = 1 }, big = 3000000000
        bools = [on, false], bytes = [0, 255], decimals = [0.1, 2], floats = [1.5], longs = [3000000000], texts = [a, "b c"]
        """;

    [Fact]
    public void A_missing_path_gives_the_default()
    {
        Assert.Null(Settings.GetString("none"));
        Assert.Equal("d", Settings.GetString("none.deep", "d"));
        Assert.Equal(0, Settings.GetInt("none"));
        Assert.Equal(7L, Settings.GetLong("none", 7));
        Assert.Equal(1.5f, Settings.GetFloat("none", 1.5f));
        Assert.Equal(2.5, Settings.GetDouble("none", 2.5));
        Assert.Equal(3.5m, Settings.GetDecimal("none", 3.5m));
        Assert.True(Settings.GetBoolean("none", true));
        Assert.Equal(TimeSpan.Zero, Settings.GetTimeSpan("none"));
        Assert.Equal(TimeSpan.FromSeconds(1), Settings.GetTimeSpan("none", TimeSpan.FromSeconds(1)));
        Assert.Null(Settings.GetByteSize("none"));
        Assert.Equal(5, Settings.GetByteSize("none", 5));
        Assert.Empty(Settings.GetStringList("none"));
        Assert.Equal(["d"], Settings.GetStringList("none", ["d"]));
        Assert.Empty(Settings.GetIntList("none"));
        Assert.Null(Settings.GetConfig("none"));
        Assert.Null(Settings.GetValue("none"));
        Assert.False(Settings.HasPath("none"));
        Assert.False(Settings.HasPath("text.below"));
    }

    [Fact]
    public void A_value_is_read_as_what_is_asked_for()
    {
        Assert.Equal("42", Settings.GetString("whole"));
        Assert.Equal("", Settings.GetString("empty", "d"));
        Assert.Equal(42, Settings.GetInt("whole"));
        Assert.Equal(3_000_000_000, Settings.GetLong("big"));
        Assert.Equal(1.5f, Settings.GetFloat("fraction"));
        Assert.Equal(1.5, Settings.GetDouble("fraction"));
        Assert.Equal(1.5m, Settings.GetDecimal("fraction"));
        Assert.True(Settings.GetBoolean("on"));
        Assert.False(Settings.GetBoolean("off", true));
        Assert.Equal([true, false], Settings.GetBooleanList("bools"));
        Assert.Equal([0, 255], Settings.GetByteList("bytes"));
        Assert.Equal([0.1m, 2m], Settings.GetDecimalList("decimals"));
        Assert.Equal([0.1, 2.0], Settings.GetDoubleList("decimals"));
        Assert.Equal([1.5f], Settings.GetFloatList("floats"));
        Assert.Equal([3_000_000_000], Settings.GetLongList("longs"));
        Assert.Equal(["a", "b c"], Settings.GetStringList("texts"));
        Assert.Equal(1, Settings.GetConfig("object")!.GetInt("x"));
    }

    [Theory]
    [InlineData("5", 5)]
    [InlineData("200ms", 200)]
    [InlineData("1.5s", 1_500)]
    [InlineData("2 seconds", 2_000)]
    [InlineData("1 m", 60_000)]
    [InlineData("2 minutes", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1 d", 86_400_000)]
    [InlineData("3000 us", 3)]
    [InlineData("2000000 nanoseconds", 2)]
    [InlineData("\"4 s\"", 4_000)]
    [InlineData("infinite", -1)]
    public void Durations_have_units_and_milliseconds_without(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), ConfigurationFactory.ParseString($"t = {text}").GetTimeSpan("t"));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("128000b", 128_000)]
    [InlineData("2 bytes", 2)]
    [InlineData("3 kB", 3_000)]
    [InlineData("3k", 3_072)]
    [InlineData("3 KiB", 3_072)]
    [InlineData("1.5 MB", 1_500_000)]
    [InlineData("0.5 MiB", 524_288)]
    [InlineData("1 GB", 1_000_000_000)]
    [InlineData("1G", 1_073_741_824)]
    [InlineData("2 TiB", 2_199_023_255_552)]
    [InlineData("2 terabytes", 2_000_000_000_000)]
    public void Sizes_have_units_of_1000_and_of_1024(string text, long bytes) =>
        Assert.Equal(bytes, ConfigurationFactory.ParseString($"s = {text}").GetByteSize("s"));

    public static TheoryData<Action, string> Wrong =>
        new()
        {
            { () => Settings.GetInt("text"), "'text' is 'abc', but must be a whole number from -2147483648 to 2147483647." },
            {
                () => Settings.GetInt("fraction"),
                "'fraction' is '1.5', but must be a whole number from -2147483648 to 2147483647."
            },
            { () => Settings.GetInt("big"), "'big' is '3000000000', but must be a whole number from -2147483648 to 2147483647." },
            { () => Settings.GetDouble("text"), "'text' is 'abc', but must be a number." },
            { () => Settings.GetBoolean("whole"), "'whole' is '42', but must be true or false, on or off, yes or no." },
            { () => Settings.GetIntList("list"), "'list[1]' is 'x', but must be a whole number from -2147483648 to 2147483647." },
            { () => Settings.GetString("list"), "'list' is a list, where a single value is expected: [1, x]" },
            { () => Settings.GetStringList("text"), "'text' is text, where a list is expected: abc" },
            { () => Settings.GetStringList("object"), "'object' is an object, where a list is expected: x : 1\n" },
            { () => Settings.GetInt("a..b"), "The path 'a..b' has an empty element; quote it (\"\") if it is meant." },
            { () => Settings.GetInt("a.\"b"), "The path 'a.\"b' has a quote that is not closed." },
        };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void A_value_of_the_wrong_form_names_path_value_and_rule(Action read, string message) =>
        Assert.Equal(message, Assert.Throws<ConfigurationException>(read).Message);

    [Theory]
    [InlineData("5 parsecs")]
    [InlineData("-1s")]
    [InlineData("s")]
    [InlineData("1e400 d")]
    [InlineData("99999999999999999 d")]
    [InlineData("\"\"")]
    public void A_duration_of_the_wrong_form_names_the_units(string text)
    {
        var config = ConfigurationFactory.ParseString($"a.t = {text}");
        var message = Assert.Throws<ConfigurationException>(() => config.GetTimeSpan("a.t")).Message;
        Assert.StartsWith($"'a.t' is '{text.Trim('"')}', but must be a duration of at least 0", message);
        Assert.EndsWith(", or infinite.", message);
    }

    [Fact]
    public void Infinite_can_be_forbidden() =>
        Assert.EndsWith(
            "(alone: milliseconds).",
            Assert
                .Throws<ConfigurationException>(() =>
                    ConfigurationFactory.ParseString("t = infinite").GetTimeSpan("t", allowInfinite: false)
                )
                .Message
        );

    [Theory]
    [InlineData("5 parsecs")]
    [InlineData("-1b")]
    [InlineData("99999999999 GB")]
    public void A_size_of_the_wrong_form_names_the_units(string text)
    {
        var config = ConfigurationFactory.ParseString($"s = {text}");
        Assert.StartsWith(
            $"'s' is '{text}', but must be a size of at least 0",
            Assert.Throws<ConfigurationException>(() => config.GetByteSize("s")).Message
        );
    }

    [Fact]
    public void A_missing_section_is_named()
    {
        Assert.Contains("'akka.remote' is missing or empty", ConfigurationException.NullOrEmptyConfig("akka.remote").Message);
        Assert.Equal("The configuration is missing or empty.", ConfigurationException.NullOrEmptyConfig().Message);
    }
}
