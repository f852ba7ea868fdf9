using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;

namespace Akka.Remote.Serialization;

/// <summary>The library's own messages that users send, and the heartbeats of <see cref="RemoteWatcher"/>.</summary>
internal sealed class MiscMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override string Manifest(object o) =>
        o switch
        {
            Identify => "ID",
            ActorIdentity => "AID",
            IActorRef => "AR",
            PoisonPill => "PP",
            Kill => "K",
            Status.Success => "SS",
            Status.Failure => "SF",
            RemoteWatcher.Heartbeat => "RWHB",
            RemoteWatcher.HeartbeatRsp => "RWHR",
            _ => throw new ArgumentException($"Cannot serialize object of type [{o.GetType()}]"),
        };

    public override byte[] ToBinary(object obj) =>
        obj switch
        {
            Identify identify => new Proto.Identify { Id = Contents.Write(system, identify.MessageId) }.ToByteArray(),
            ActorIdentity identity => new Proto.ActorIdentity
            {
                Id = Contents.Write(system, identity.MessageId),
                Path = Path(identity.Subject),
            }.ToByteArray(),
            IActorRef actor => new Proto.ActorRef { Path = Path(actor) }.ToByteArray(),
            PoisonPill or Kill or RemoteWatcher.Heartbeat => [],
            Status.Success success => new Proto.Success { Status = Contents.Write(system, success.Status) }.ToByteArray(),
            Status.Failure failure => new Proto.Failure
            {
                Cause = Faults.Write(failure.Cause),
                State = Contents.Write(system, failure.State),
            }.ToByteArray(),
            RemoteWatcher.HeartbeatRsp response => new Proto.HeartbeatRsp { Uid = response.AddressUid }.ToByteArray(),
            _ => throw new ArgumentException($"Cannot serialize object of type [{obj.GetType()}]"),
        };

    public override object FromBinary(byte[] bytes, string manifest)
    {
        switch (manifest)
        {
            case "ID":
                return new Identify(Contents.Read(system, Proto.Identify.Parser.ParseFrom(bytes).Id)!);
            case "AID":
                var identity = Proto.ActorIdentity.Parser.ParseFrom(bytes);
                return new ActorIdentity(Contents.Read(system, identity.Id)!, Ref(identity.Path));
            case "AR":
                return Ref(Proto.ActorRef.Parser.ParseFrom(bytes).Path) ?? ActorRefs.Nobody;
            case "PP":
                return PoisonPill.Instance;
            case "K":
                return Kill.Instance;
            case "SS":
                var status = Contents.Read(system, Proto.Success.Parser.ParseFrom(bytes).Status);
                return status is null ? Status.Success.Instance : new Status.Success(status);
            case "SF":
                var failure = Proto.Failure.Parser.ParseFrom(bytes);
                return new Status.Failure(Faults.Read(failure.Cause)!, Contents.Read(system, failure.State)!);
            case "RWHB":
                return RemoteWatcher.Heartbeat.Instance;
            case "RWHR":
                return new RemoteWatcher.HeartbeatRsp(Proto.HeartbeatRsp.Parser.ParseFrom(bytes).Uid);
            default:
                throw new SerializationException($"Unimplemented deserialization of message with manifest [{manifest}]");
        }
    }

    private static string Path(IActorRef? actor) =>
        actor is null or Nobody ? "" : Akka.Serialization.Serialization.SerializedActorPath(actor);

    private IActorRef? Ref(string path) => path.Length == 0 ? null : system.Provider.ResolveActorRef(path);
}
