using ActorFed.Actors.Roster;
using ActorFed.Actors.Roster.Wire;
using ActorFed.Actors.Wire;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.Configuration;
using static ActorFed.Actors.Roster.RosterProtocol;

namespace ActorFed.Actors.Tests.Roster;

/// <summary>Clients' names as runs of numbers: all of them come back in their order, and hostile runs are refused before they are expanded.</summary>
public sealed class ClientRunsTests
{
    [Theory]
    [InlineData("client-00000 client-00001 client-00002", 1)]
    [InlineData("client-00002 client-00001 client-00000", 3)]
    [InlineData("client-00009 client-00010 client-00012 client-00013", 2)]
    [InlineData("client-99998 client-99999 client-100000 client-100001", 2)]
    [InlineData("a1 a02 a3 a4", 3)]
    [InlineData("7 8 9 10 11", 2)]
    [InlineData("ann bob site-1. site-2.", 4)]
    [InlineData("x1234567890123 x1234567890124", 1)]
    [InlineData("x999999999 x0000000000 x000000000", 3)]
    [InlineData("a a", 2)]
    public void Every_name_comes_back_in_its_place(string names, int runs)
    {
        ClientId[] clients = [.. names.Split(' ').Select(n => new ClientId(n))];
        var wire = ClientRuns.Of(clients);
        Assert.Equal(runs, wire.Count);
        Assert.Equal(clients, ClientRuns.Read(wire).ToArray());
    }

    [Fact]
    public void Random_lists_come_back()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            ClientId[] clients =
            [
                .. Enumerable
                    .Range(0, random.Next(12))
                    .Select(_ => new ClientId(
                        $"{"ab-".Substring(random.Next(3), 1)}{random.Next(30).ToString($"D{random.Next(1, 4)}")}"
                    )),
            ];
            Assert.Equal(clients, ClientRuns.Read(ClientRuns.Of(clients)).ToArray());
        }
    }

    [Fact]
    public void A_node_of_a_hundred_thousand_clients_registers_in_one_frame()
    {
        using var system = ActorSystem.Create(
            "runs",
            ConfigurationFactory
                .ParseString("akka { loglevel = OFF, stdout-loglevel = OFF }")
                .WithFallback(WireConfiguration.Reference)
        );
        var said = new RegisterNode("node", [.. Enumerable.Range(0, 100_000).Select(ClientId.Of)], 2);
        var serializer = (WireSerializer)system.Serialization.FindSerializerForType(typeof(RegisterNode));
        var bytes = serializer.ToBinary(said);
        Assert.InRange(bytes.Length, 1, 100);
        Assert.Equal(
            said.Clients.ToArray(),
            ((RegisterNode)serializer.FromBinary(bytes, serializer.Manifest(said))).Clients.ToArray()
        );
    }

    [Theory]
    [InlineData("a", 0, 0, 2)]
    [InlineData("a", 0, 1, 1)]
    [InlineData("a", 10, 1, 1)]
    [InlineData("a", 2, 99, 2)]
    [InlineData("a", 3, 1, 0)]
    [InlineData("a", 9, 0, ClientRuns.Most + 1)]
    [InlineData("", 0, 0, 1)]
    [InlineData("ä", 1, 0, 1)]
    public void Runs_that_nobody_makes_are_refused(string prefix, int digits, int first, int count) // fault: hostile bytes
    {
        var run = new ClientRunWire
        {
            Prefix = prefix,
            Digits = (uint)digits,
            First = (uint)first,
            Count = (uint)count,
        };
        Assert.Throws<ArgumentException>(() => ClientRuns.Read([run]));
    }

    [Fact]
    public void Many_runs_of_many_clients_are_refused_before_they_are_expanded() // fault: hostile bytes
    {
        var run = new ClientRunWire
        {
            Prefix = "a",
            Digits = 9,
            Count = ClientRuns.Most,
        };
        var error = Assert.Throws<ArgumentException>(() => ClientRuns.Read([.. Enumerable.Repeat(run, 10_000)]));
        Assert.Contains("can be", error.Message, StringComparison.Ordinal);
    }
}
