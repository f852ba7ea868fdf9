using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using Google.Protobuf.WellKnownTypes;

namespace Akka.Tests.Serialization;

public sealed class SerializationSpec
{
    public sealed record Plain(int Number, string Text, IActorRef Ref, object[] Mixed);

    public interface IShape;

    public class Square : IShape;

    public sealed class SmallSquare : Square;

    public sealed class ShapeSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public override int Identifier => 1001;

        public override string Manifest(object o) => o is SmallSquare ? "S" : "Q";

        public override byte[] ToBinary(object obj) => [7];

        public override object FromBinary(byte[] bytes, string manifest) => manifest == "S" ? new SmallSquare() : new Square();
    }

    private static readonly string s_name =
        $"{typeof(ShapeSerializer).FullName}, {typeof(ShapeSerializer).Assembly.GetName().Name}";

    private static readonly string s_settings = $$"""
        akka.actor {
          serialize-messages = on
          serializers.shape = "{{s_name}}"
          serialization-bindings { "{{typeof(Square).FullName}}, Akka.Tests" = shape, "{{typeof(IShape).FullName}}, Akka.Tests" = json }
        }
        """;

    private sealed class Mirror : ReceiveActor
    {
        public Mirror() => ReceiveAny(m => Sender.Tell(m));
    }

    [Fact]
    public async Task Every_message_goes_through_its_serializer_when_the_settings_say_so()
    {
        await using var local = new LocalSystem(s_settings);
        var mirror = local.Sys.ActorOf<Mirror>();
        foreach (
            var message in (object[])[1, 2L, "text", 1.5f, 2.5, new Square(), new SmallSquare(), new StringValue { Value = "p" }]
        )
        {
            var answer = await LocalSystem.Soon(mirror.Ask(message));
            Assert.Equal(message.GetType(), answer.GetType());
        }
        var plain = new Plain(3, "x", mirror, [1, "two", 3L]);
        var copy = await LocalSystem.Soon(mirror.Ask<Plain>(plain));
        Assert.NotSame(plain, copy);
        Assert.Equal((plain.Number, plain.Text, plain.Ref), (copy.Number, copy.Text, copy.Ref));
        Assert.Equal(plain.Mixed, copy.Mixed);
    }

    [Fact]
    public async Task A_message_that_cannot_travel_is_an_error_for_its_sender()
    {
        await using var local = new LocalSystem(s_settings);
        var mirror = local.Sys.ActorOf<Mirror>();

        var thrown = Assert.ThrowsAny<Exception>(() => mirror.Tell(new Loop(), ActorRefs.NoSender));
        Assert.Contains(nameof(Loop), thrown.Message, StringComparison.Ordinal);
    }

    public sealed class Loop
    {
        public IntPtr Bad => throw new InvalidOperationException("cannot be read");
    }

    [Fact]
    public async Task The_most_specific_binding_wins()
    {
        await using var local = new LocalSystem(s_settings);
        var serialization = local.Sys.Serialization;

        Assert.IsType<ShapeSerializer>(serialization.FindSerializerFor(new SmallSquare()));
        Assert.Equal(4, serialization.FindSerializerForType(typeof(byte[])).Identifier);
        Assert.Equal(17, serialization.FindSerializerForType(typeof(string)).Identifier);
        Assert.Equal(2, serialization.FindSerializerFor(new StringValue()).Identifier);
        Assert.Equal(1, serialization.FindSerializerForType(typeof(Plain)).Identifier);
    }

    [Fact]
    public async Task An_unknown_number_and_a_bad_setting_are_refused_by_name()
    {
        await using var local = new LocalSystem(s_settings);

        Assert.Contains(
            "[999]",
            Assert.ThrowsAny<Exception>(() => local.Sys.Serialization.Deserialize([], 999, "x")).Message,
            StringComparison.Ordinal
        );
        var bad = Assert.Throws<ConfigurationException>(() =>
            ActorSystem.Create(
                "bad",
                "akka { loglevel = OFF, loggers = [], stdout-loglevel = OFF, actor.serializers.x = \"No.Such\" }"
            )
        );
        Assert.Contains("akka.actor.serializers.x", bad.Message, StringComparison.Ordinal);
    }
}
