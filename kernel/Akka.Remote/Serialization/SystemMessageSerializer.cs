using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Serialization.Proto;
using Akka.Serialization;
using Google.Protobuf;

namespace Akka.Remote.Serialization;

/// <summary>The system messages that one system may send to another: those of death watch, and the order to stop.</summary>
internal sealed class SystemMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public const string WatchManifest = "W";
    public const string UnwatchManifest = "UW";

    public override string Manifest(object o) =>
        o switch
        {
            Watch => WatchManifest,
            Unwatch => UnwatchManifest,
            DeathWatchNotification => "DN",
            Terminate => "TM",
            _ => throw new ArgumentException($"System message [{o.GetType().Name}] is not sent to other systems."),
        };

    public override byte[] ToBinary(object obj) =>
        obj switch
        {
            Watch watch => Pair(watch.Watchee, watch.Watcher),
            Unwatch unwatch => Pair(unwatch.Watchee, unwatch.Watcher),
            DeathWatchNotification died => new Died
            {
                Actor = Path(died.Actor),
                ExistenceConfirmed = died.ExistenceConfirmed,
                AddressTerminated = died.AddressTerminated,
            }.ToByteArray(),
            _ => [],
        };

    private static byte[] Pair(IActorRef watchee, IActorRef watcher) =>
        new WatchPair { Watchee = Path(watchee), Watcher = Path(watcher) }.ToByteArray();

    private static string Path(IActorRef actor) => Akka.Serialization.Serialization.SerializedActorPath(actor);

    public override object FromBinary(byte[] bytes, string manifest)
    {
        switch (manifest)
        {
            case WatchManifest:
                var watch = WatchPair.Parser.ParseFrom(bytes);
                return new Watch(Ref(watch.Watchee), Ref(watch.Watcher));
            case UnwatchManifest:
                var unwatch = WatchPair.Parser.ParseFrom(bytes);
                return new Unwatch(Ref(unwatch.Watchee), Ref(unwatch.Watcher));
            case "DN":
                var died = Died.Parser.ParseFrom(bytes);
                return new DeathWatchNotification(Ref(died.Actor), died.ExistenceConfirmed, died.AddressTerminated);
            case "TM":
                return new Terminate();
            default:
                throw new SerializationException($"Unimplemented deserialization of message with manifest [{manifest}]");
        }
    }

    private IInternalActorRef Ref(string path) => (IInternalActorRef)system.Provider.ResolveActorRef(path);
}
