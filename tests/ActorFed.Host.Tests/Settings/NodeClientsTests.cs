using System.Collections.Immutable;
using ActorFed.Host.Settings;
using ActorFed.Training.Federation;

namespace ActorFed.Host.Tests.Settings;

public sealed class NodeClientsTests
{
    private static readonly ImmutableArray<ClientProfile> All =
    [
        .. Enumerable.Range(0, 10).Select(i => new ClientProfile(ClientId.Of(i), 1, 1, 1, 1, 1)),
    ];

    [Theory]
    [InlineData("all", 0, 10)]
    [InlineData("1-10", 0, 10)]
    [InlineData("3-3", 2, 3)]
    [InlineData("1/3", 0, 3)]
    [InlineData("2/3", 3, 6)]
    [InlineData("3/3", 6, 10)]
    public void Places_and_shares_are_those_of_client_order(string text, int from, int to) =>
        Assert.Equal(All[from..to].AsEnumerable(), NodeClients.Parse(text).Of(All).AsEnumerable());

    [Theory]
    [InlineData("")]
    [InlineData("0-3")]
    [InlineData("3-2")]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("1-")]
    [InlineData("-1-3")]
    [InlineData("99999999999-99999999999")]
    public void Anything_else_is_refused(string text) => Assert.Throws<FormatException>(() => NodeClients.Parse(text));

    [Theory]
    [InlineData("5-11")]
    [InlineData("1/100")]
    public void Clients_that_the_run_does_not_have_are_named(string text) =>
        Assert.Contains(
            "the run has 10 clients",
            Assert.Throws<UserException>(() => NodeClients.Parse(text).Of(All)).Message,
            StringComparison.Ordinal
        );
}
