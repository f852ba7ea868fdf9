namespace Akka.Remote.Tests;

public sealed class KnownPathsSpec
{
    [Fact]
    public void What_was_kept_is_known_until_something_else_has_its_path()
    {
        var known = new KnownPaths<string>(10);
        known.Keep("a", "one");
        Assert.True(known.TryGet("a", out var first));
        Assert.Equal("one", first);
        known.Keep("a", "two");
        Assert.True(known.TryGet("a", out var second));
        Assert.Equal("two", second);
        Assert.False(known.TryGet("b", out _));
    }

    [Fact]
    public void However_many_paths_come_from_outside_few_are_known_and_the_latest_is_among_them()
    {
        var known = new KnownPaths<string>(10);
        for (var i = 0; i < 1_000; i++)
        {
            known.Keep($"{i}", "");
            Assert.True(known.TryGet($"{i}", out _));
        }
        Assert.InRange(Enumerable.Range(0, 1_000).Count(i => known.TryGet($"{i}", out _)), 1, 10);
    }
}
