using Akka.Actor;
using Akka.Configuration;

namespace Akka.Serialization;

/// <summary>Turns objects into bytes and back; loaded by akka.actor.serializers and known on the wire by its number.</summary>
public abstract class Serializer
{
    protected readonly ExtendedActorSystem system;

    private int? _identifier;

    protected Serializer(ExtendedActorSystem system) => this.system = system;

    /// <summary>Unique among serializers; from akka.actor.serialization-identifiers unless overridden. 0 to 40 are the library's.</summary>
    public virtual int Identifier => _identifier ??= FromSettings();

    /// <summary>Whether <see cref="FromBinary(byte[], Type)"/> needs the type.</summary>
    public abstract bool IncludeManifest { get; }

    public abstract byte[] ToBinary(object obj);

    public abstract object FromBinary(byte[] bytes, Type type);

    public T FromBinary<T>(byte[] bytes) => (T)FromBinary(bytes, typeof(T));

    /// <summary>The same, with references written for a reader elsewhere.</summary>
    public byte[] ToBinaryWithAddress(Address address, object obj) =>
        Serialization.WithTransport(system, address, () => ToBinary(obj));

    private int FromSettings()
    {
        var name = $"{GetType().FullName}, {GetType().Assembly.GetName().Name}";
        var config = system.Settings.Config.GetConfig("akka.actor.serialization-identifiers");
        foreach (var (key, value) in config?.AsEnumerable() ?? [])
        {
            if (string.Equals(key, name, StringComparison.Ordinal))
                return int.Parse(value.GetString()!);
        }
        throw new ConfigurationException(
            $"Serializer {name} has no number: override Identifier or set akka.actor.serialization-identifiers.\"{name}\"."
        );
    }
}

/// <summary>A serializer that names each kind of message by a string of its own.</summary>
public abstract class SerializerWithStringManifest : Serializer
{
    protected SerializerWithStringManifest(ExtendedActorSystem system)
        : base(system) { }

    public sealed override bool IncludeManifest => true;

    public sealed override object FromBinary(byte[] bytes, Type type) => FromBinary(bytes, ManifestOf(type));

    /// <summary>Without an object there is only its type to go by.</summary>
    private static string ManifestOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    public abstract object FromBinary(byte[] bytes, string manifest);

    public abstract string Manifest(object o);
}
