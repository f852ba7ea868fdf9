using ActorFed.Actors.Configuration;
using Akka.Configuration;

namespace ActorFed.Actors.Tests.Configuration;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Every_kind_of_setting_is_read()
    {
        var read = Reader(
            "whole = 7, share = 0.25, long = 1.5 s, size = 64 KiB, word = iid, on = yes, list = [a, b], text = hello"
        );

        Assert.Equal(7, read.Whole("whole", 1, 10));
        Assert.Equal(0.25, read.Fraction("share"));
        Assert.Equal(TimeSpan.FromSeconds(1.5), read.Duration("long", TimeSpan.Zero, TimeSpan.FromHours(1)));
        Assert.Equal(65536, read.Size("size", 0, 1 << 20));
        Assert.Equal("iid", read.Choice("word", "iid", "dirichlet"));
        Assert.True(read.Flag("on"));
        Assert.Equal(["a", "b"], read.Texts("list"));
        Assert.Equal("hello", read.Text("text"));
        Assert.Equal("done", read.Finish("done"));
    }

    [Theory]
    [InlineData("1 ns", 0)]
    [InlineData("10 us", 100)]
    [InlineData("3ms", 30_000)]
    [InlineData("2 minutes", 1_200_000_000)]
    [InlineData("24h", 864_000_000_000)]
    public void Durations_have_units(string text, long ticks) =>
        Assert.Equal(ticks, Reader($"d = {text}").Duration("d", TimeSpan.Zero, TimeSpan.FromDays(7)).Ticks);

    [Theory]
    [InlineData("10", "a bare number has no unit")]
    [InlineData("10 parsecs", "no unit of time")]
    [InlineData("-5 s", "negative")]
    [InlineData("8 d", "above the range")]
    [InlineData("soon", "no number")]
    [InlineData("[1 s]", "a list")]
    public void What_is_no_duration_is_refused(string text, string why)
    {
        var read = Reader($"d = {text}");
        Assert.Equal(TimeSpan.Zero, read.Duration("d", TimeSpan.Zero, TimeSpan.FromDays(7)));
        var error = Assert.Single(Assert.Throws<InvalidSettingsException>(() => read.Finish(why)).Errors);
        Assert.Equal("actorfed.part.d", error.Path);
        Assert.Equal("a duration from 0 d to 7 d, its unit one of ns, us, ms, s, m, h or d is expected", error.Rule);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("0")]
    [InlineData("1e400")]
    [InlineData("99999999999999999999")]
    [InlineData("many")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public void What_is_no_whole_number_is_refused(string text)
    {
        var read = Reader($"n = {text}");
        Assert.Equal(1, read.Whole("n", 1, 10));
        Assert.Throws<InvalidSettingsException>(() => read.Finish(0));
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1.01")]
    [InlineData("-0.01")]
    public void What_is_no_fraction_is_refused(string text)
    {
        var read = Reader($"n = {text}");
        read.Fraction("n");
        Assert.Throws<InvalidSettingsException>(() => read.Finish(0));
    }

    [Fact]
    public void All_errors_are_shown_together()
    {
        var read = Reader("quorum = 12, per-round = 8, dead-line = 1 h, inner { rank = 0, extra = 1 }, flat = 3");
        var perRound = read.Whole("per-round", 1, 100);
        var quorum = read.Whole("quorum", 1, 100);
        read.Duration("deadline", TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));
        read.Section("inner").Whole("rank", 1, 256);
        read.Section("flat").Whole("x", 1, 2);
        read.Rule("quorum", quorum <= perRound, $"exceeds per-round ({perRound})");

        var message = Assert.Throws<InvalidSettingsException>(() => read.Finish(0)).Message;
        Assert.Equal(
            """
            7 settings cannot be used:
              actorfed.part.deadline: missing: a duration from 1 s to 1 d, its unit one of ns, us, ms, s, m, h or d is expected
              actorfed.part.inner.rank = 0: a whole number from 1 to 256 is expected
              actorfed.part.flat = 3: a section of settings is expected
              actorfed.part.flat.x: missing: a whole number from 1 to 2 is expected
              actorfed.part.quorum = 12: exceeds per-round (8)
              actorfed.part.dead-line: unknown key; known here: deadline, flat, inner, per-round, quorum
              actorfed.part.inner.extra: unknown key; known here: rank
            """.ReplaceLineEndings(),
            message
        );
    }

    [Fact]
    public void Keys_of_an_open_section_are_all_known()
    {
        var read = Reader("b = 1, a = 2");
        Assert.Equal(["a", "b"], read.Keys());
        Assert.Equal(3, read.Finish(3));
    }

    [Fact]
    public void Values_behind_a_fallback_are_seen()
    {
        var hocon = ConfigurationFactory
            .ParseString("actorfed.part.a = 1")
            .WithFallback(ConfigurationFactory.ParseString("actorfed.part { a = 5, b = 2, c = 3 }"));
        var read = new SettingsReader(hocon, "actorfed.part");
        Assert.Equal((1, 2), (read.Whole("a", 0, 9), read.Whole("b", 0, 9)));
        Assert.Contains(
            "actorfed.part.c",
            Assert.Throws<InvalidSettingsException>(() => read.Finish(0)).Message,
            StringComparison.Ordinal
        );
    }

    private static SettingsReader Reader(string part) =>
        new(ConfigurationFactory.ParseString($"actorfed.part {{ {part} }}"), "actorfed.part");
}
