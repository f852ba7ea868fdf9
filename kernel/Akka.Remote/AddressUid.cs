using System.Security.Cryptography;
using Akka.Actor;

namespace Akka.Remote;

/// <summary>The number of one incarnation of an actor system: another one at the same address has another number.</summary>
public class AddressUid : IExtension
{
    public readonly int Uid = RandomNumberGenerator.GetInt32(1, int.MaxValue);
}

public class AddressUidExtension : ExtensionIdProvider<AddressUid>
{
    public override AddressUid CreateExtension(ExtendedActorSystem system) => new();

    public static int Uid(ActorSystem system) => new AddressUidExtension().Apply(system).Uid;
}
