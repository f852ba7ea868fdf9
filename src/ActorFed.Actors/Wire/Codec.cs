using Google.Protobuf;

namespace ActorFed.Actors.Wire;

/// <summary>How one kind of message is written and read.</summary>
internal abstract record Codec(string Manifest, Type Message)
{
    public abstract byte[] Write(object message);

    public abstract object Read(byte[] bytes);
}

/// <param name="Manifest">Names the message and its version; never changed once released.</param>
/// <param name="Parser">Reads the bytes; unknown fields are kept aside.</param>
/// <param name="To">To the wire's form.</param>
/// <param name="From">Back; throws <see cref="ArgumentException"/> for values that the message cannot have.</param>
internal sealed record Codec<TMessage, TWire>(
    string Manifest,
    MessageParser<TWire> Parser,
    Func<TMessage, TWire> To,
    Func<TWire, TMessage> From
) : Codec(Manifest, typeof(TMessage))
    where TMessage : IWireMessage
    where TWire : IMessage<TWire>
{
    public override byte[] Write(object message) => To((TMessage)message).ToByteArray();

    public override object Read(byte[] bytes) => From(Parser.ParseFrom(bytes));
}
