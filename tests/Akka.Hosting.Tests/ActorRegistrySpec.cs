using Akka.Actor;

namespace Akka.Hosting.Tests;

public sealed class ActorRegistrySpec : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void A_key_has_one_actor_unless_it_is_overwritten()
    {
        var registry = ActorRegistry.For(Sys);
        var other = CreateTestProbe().Ref;
        registry.Register<string>(TestActor);
        Assert.False(registry.TryRegister<string>(other));
        Assert.Contains(
            "System.String",
            Assert.Throws<DuplicateActorRegistryException>(() => registry.Register<string>(other)).Message
        );
        Assert.Equal(TestActor, registry.Get<string>());
        Assert.True(registry.TryRegister<string>(other, overwrite: true));
        Assert.Equal(other, registry.Get<string>());
        Assert.Single(registry);
        Assert.Same(registry, ActorRegistry.For(Sys));
    }

    [Fact]
    public async Task A_missing_key_is_named_or_waited_for()
    {
        var registry = ActorRegistry.For(Sys);
        Assert.Contains("System.Int32", Assert.Throws<MissingActorRegistryEntryException>(() => registry.Get<int>()).Message);
        Assert.False(registry.TryGet<int>(out var none));
        Assert.True(none.IsNobody());
        var waiting = registry.GetAsync<int>();
        Assert.False(waiting.IsCompleted);
        registry.Register<int>(TestActor);
        Assert.Equal(TestActor, await waiting);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        var waiting = ActorRegistry.For(Sys).GetAsync<int>(source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("null", "\"null\"")]
    [InlineData("q\"\\", "\"q\\\"\\\\\"")]
    public void Text_is_quoted_where_hocon_needs_it(string text, string hocon) => Assert.Equal(hocon, text.ToHocon());

    [Fact]
    public void Values_are_written_as_hocon_reads_them()
    {
        Assert.Equal("on", true.ToHocon());
        Assert.Equal("1.5", 1.5.ToHocon());
        Assert.Equal("1500ms", TimeSpan.FromSeconds(1.5).ToHocon());
        Assert.Equal("infinite", TimeSpan.Zero.ToHocon(zeroIsInfinite: true));
        Assert.Equal("infinite", Timeout.InfiniteTimeSpan.ToHocon(allowInfinite: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => Timeout.InfiniteTimeSpan.ToHocon());
        Assert.Throws<ArgumentNullException>(() => ((int?)null).ToHocon());
    }
}
