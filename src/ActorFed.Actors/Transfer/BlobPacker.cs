using ActorFed.Actors.Wire;
using Akka.Actor;

namespace ActorFed.Actors.Transfer;

/// <summary>Packs one blob after the other, so that its source goes on to answer meanwhile.</summary>
internal sealed class BlobPacker : ReceiveActor
{
    public BlobPacker() =>
        Receive<Make>(m => Sender.Tell(new Made(m.Packing, m.Whole.Length, PackedBlob.Pack(m.Whole.Span, m.Base.Span))));

    public static Props Props() => Akka.Actor.Props.Create(() => new BlobPacker());

    /// <summary>Source → packer.</summary>
    public sealed record Make(Packing Packing, ReadOnlyMemory<byte> Whole, ReadOnlyMemory<byte> Base) : ILocalMessage;

    /// <summary>Packer → source.</summary>
    public sealed record Made(Packing Packing, int Whole, byte[] Form) : ILocalMessage;
}
