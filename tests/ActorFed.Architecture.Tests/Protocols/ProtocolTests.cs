namespace ActorFed.Architecture.Tests.Protocols;

public sealed class ProtocolTests
{
    public static TheoryData<Type> Messages => [.. Immutability.MessagesOf("ActorFed.Actors")];

    [Theory, MemberData(nameof(Messages))]
    public void A_message_is_sealed_and_cannot_change_on_its_way(Type message) => Assert.Empty(Immutability.Faults(message));

    [Fact]
    public void There_are_messages_to_look_at() => Assert.NotEmpty(Immutability.MessagesOf("ActorFed.Actors"));

    [Fact]
    public void The_rule_names_each_way_in_which_a_message_can_change()
    {
        var faults = Immutability.Faults(typeof(Careless)).ToArray();
        Assert.Contains("Careless is not sealed", faults);
        Assert.Contains("Careless.Round has a setter", faults);
        Assert.Contains("Careless.Count is a field that can be written", faults);
        Assert.Contains("Careless.Clients is a Int32[], which its sender can change", faults);
        Assert.Contains("Careless.Names is a List`1, which its sender can change", faults);
        Assert.Equal(5, faults.Length);
    }

    [Fact]
    public void The_rule_leaves_a_proper_message_alone() => Assert.Empty(Immutability.Faults(typeof(Proper)));

    private record Careless(int[] Clients)
    {
#pragma warning disable CA1051, MA0051 // the fault on purpose
        public int Count = 1;
#pragma warning restore CA1051, MA0051
        public int Round { get; set; }
        public List<string> Names { get; init; } = [];
    }

    private sealed record Proper(int Round, string Client, IReadOnlyList<int> Heads, ReadOnlyMemory<byte> Bytes);
}
