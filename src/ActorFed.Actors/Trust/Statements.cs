using System.Buffers.Binary;
using System.Text;
using static ActorFed.Actors.Roster.RosterProtocol;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Trust;

/// <summary>What is signed, byte by byte: every field with its length before it, so that no two messages give the same bytes. Pure.</summary>
/// <remarks>Not the bytes of the wire: protobuf does not promise the same bytes for the same message. docs/decisions/0005 says why each field is in.</remarks>
internal static class Statements
{
    /// <summary>An update: bound to run, round, attempt, client, the hash of its tensors, and all that it says beside them.</summary>
    public static byte[] Of(SubmitUpdate m)
    {
        var fields = new Fields("actorfed update 1");
        fields.Add(m.Key.Run.Value);
        fields.Add(m.Key.Round.Number);
        fields.Add(m.Key.Attempt);
        fields.Add(m.Client.Value);
        fields.Add(m.Update.Hex);
        fields.Add(m.Examples);
        fields.Add(m.Steps);
        fields.Add(BitConverter.DoubleToInt64Bits(m.TrainLoss));
        fields.Add(m.KeptState ? 1 : 0);
        fields.Add(m.Metrics.Count);
        foreach (var (name, value) in m.Metrics.OrderBy(n => n.Key, StringComparer.Ordinal))
        {
            fields.Add(name);
            fields.Add(BitConverter.DoubleToInt64Bits(value));
        }

        return fields.ToArray();
    }

    /// <summary>A registration: bound to the run, the node's name and clients, and the actor that speaks for them.</summary>
    /// <param name="m">The message; its proof is no part of the statement.</param>
    /// <param name="speaker">The actor's path with address and uid: another process cannot register with a copy.</param>
    public static byte[] Of(RegisterNode m, string speaker)
    {
        var fields = new Fields("actorfed registration 1");
        fields.Add(m.Identity?.Run.Value ?? "");
        fields.Add(m.Node);
        fields.Add(speaker);
        fields.Add(m.Slots);
        fields.Add(m.Clients.Length);
        foreach (var client in m.Clients)
        {
            fields.Add(client.Value);
        }

        return fields.ToArray();
    }

    private sealed class Fields
    {
        private readonly List<byte> _bytes = [];

        // The kind of statement and its version come first: a signature of one kind is none of another.
        public Fields(string kind) => Add(kind);

        public void Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Add(bytes.Length);
            _bytes.AddRange(bytes);
        }

        public void Add(long number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
            _bytes.AddRange(bytes);
        }

        public byte[] ToArray() => [.. _bytes];
    }
}
