using ActorFed.Host.Security;
using ActorFed.Training.Federation;

namespace ActorFed.Host.Tests.Security;

public sealed class AllowListTests
{
    [Fact]
    public void Names_may_be_bound_to_clients()
    {
        var list = AllowList.Parse("site-a  site-b=1-2 site-c=2/2");
        var clients = list.ClientsByName([
            .. Enumerable.Range(0, 4).Select(i => new ClientProfile(ClientId.Of(i), 1, 1, 1, 1, 1)),
        ]);

        Assert.True(list.Has("site-a"));
        Assert.False(list.Has("site-d"));
        Assert.False(clients.ContainsKey("site-a"));
        Assert.Equal([ClientId.Of(0), ClientId.Of(1)], clients["site-b"].Order());
        Assert.Equal([ClientId.Of(2), ClientId.Of(3)], clients["site-c"].Order());
    }

    [Fact]
    public void No_list_is_everybody() => Assert.True(AllowList.Parse(" ").Has("anybody"));

    [Theory]
    [InlineData("a a")]
    [InlineData("a/b")]
    [InlineData("=1-2")]
    [InlineData("a=")]
    [InlineData("a=2-1")]
    [InlineData("a=1-2=3")]
    public void What_is_no_list_is_refused(string text) => Assert.Throws<FormatException>(() => AllowList.Parse(text));

    [Fact]
    public void Clients_that_the_run_does_not_have_are_an_error()
    {
        var refused = Assert.Throws<UserException>(() => AllowList.Parse("a=1-2").ClientsByName([]));

        Assert.Equal(ExitCode.BadSettings, refused.Code);
    }
}
