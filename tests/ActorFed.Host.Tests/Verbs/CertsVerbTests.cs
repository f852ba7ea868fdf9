using System.Text.Json;
using ActorFed.Host.Verbs;

namespace ActorFed.Host.Tests.Verbs;

public sealed class CertsVerbTests : IDisposable
{
    private readonly TestWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task From_nothing_to_a_revoked_node()
    {
        Assert.Equal(0, await RunAsync("init --days 30"));
        Assert.Equal(0, await RunAsync("issue server --role server"));
        Assert.Equal(0, await RunAsync("issue site-a --days 7"));
        Assert.Equal(0, await RunAsync("revoke site-a"));
        Assert.Equal(0, await RunAsync("list --json"));

        var listed = JsonDocument.Parse(_world.Out.ToString()).RootElement.EnumerateArray().ToList();
        Assert.Equal(
            ["server server valid", "site-a node revoked"],
            listed.Select(l => $"{Text(l, "name")} {Text(l, "role")} {Text(l, "state")}")
        );
        Assert.True(File.Exists(_world.In("certs/server/identity.pfx")), _world.Error.ToString());
        Assert.Contains("site-a: ", _world.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_a_table_for_people()
    {
        await RunAsync("init");
        await RunAsync("issue site-a");

        Assert.Equal(0, await RunAsync("list"));

        Assert.Matches("^site-a  node    valid    until [0-9-]{10}  [0-9A-F]{32}\\s*$", _world.Out.ToString());
    }

    [Theory]
    [InlineData("", 2, "Required command")]
    [InlineData("issue a", 4, "./actorfed certs init")]
    [InlineData("revoke a", 4, "./actorfed certs init")]
    [InlineData("list", 4, "./actorfed certs init")]
    [InlineData("init --days 0", 2, "from 1 to 36500")]
    [InlineData("init --name a/b", 2, "--name a/b")]
    [InlineData("issue a --role king", 2, "king")]
    public async Task Bad_usage_says_why(string line, int code, string says)
    {
        Assert.Equal(code, await RunAsync(line));

        Assert.Contains(says, _world.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _world.Out.ToString().Split("Description:")[0]);
        Assert.DoesNotContain("   at ", _world.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_none_and_a_folder_that_cannot_be_made_are_named()
    {
        await RunAsync("init");
        _world.Write("certs/ca.key.pem", "no key"); // fault: a damaged file
        Assert.Equal(2, await RunAsync("issue a"));
        Assert.Contains(_world.In("certs/ca.key.pem"), _world.Error.ToString(), StringComparison.Ordinal);
        _world.Write("file", "");
        Assert.Equal(2, await RunAsync("init --dir file/certs")); // fault: a file where a folder should be
        Assert.Contains(_world.In("file/certs"), _world.Error.ToString(), StringComparison.Ordinal);
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();

    private Task<int> RunAsync(string line) =>
        CommandLine.RunAsync(["certs", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)], _world.World);
}
