using System.Collections.Immutable;
using Akka.Actor;
using Akka.Serialization;

namespace Akka.Hosting;

internal sealed record SerializerRegistration(
    string Name,
    ImmutableHashSet<Type> Types,
    Func<ExtendedActorSystem, Serializer> Make
)
{
    public static SerializationSetup Setup(IReadOnlyList<SerializerRegistration> all) =>
        SerializationSetup.Create(system => [.. all.Select(s => SerializerDetails.Create(s.Name, s.Make(system), s.Types))]);
}
