using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Serialization;

/// <summary>Which serializer is for which type: the most specific binding wins.</summary>
public class Serialization
{
    [ThreadStatic]
    private static Information? s_current;

    private readonly ConcurrentDictionary<Type, Serializer> _bindings = new();
    private readonly ConcurrentDictionary<Type, Serializer> _found = new();
    private readonly ConcurrentDictionary<int, Serializer> _byId = new();
    private readonly ConcurrentDictionary<string, Serializer> _byName = new(StringComparer.Ordinal);
    private readonly NullSerializer _null;

    public Serialization(ExtendedActorSystem system)
    {
        System = system;
        _null = new NullSerializer(system);
        AddSerializer("null", _null);
        var config = system.Settings.Config;
        foreach (var (name, value) in config.GetConfig("akka.actor.serializers")?.AsEnumerable() ?? [])
            AddSerializer(name, Make(name, value.GetString()!, config));
        foreach (var (type, name) in config.GetConfig("akka.actor.serialization-bindings")?.AsEnumerable() ?? [])
            Bind(type, name.GetString()!);
        AddFromSetup();
    }

    public ExtendedActorSystem System { get; }

    private Serializer Make(string name, string className, Config config)
    {
        var type =
            TypeName.Find(className)
            ?? throw new ConfigurationException($"akka.actor.serializers.{name}: no type is named '{className}'.");
        var settings = config.GetConfig($"akka.actor.serialization-settings.{name}");
        var setting = "akka.actor.serializers." + name;
        var takesConfig = Array.Exists(type.GetConstructors(), c => c.GetParameters().Length == 2);
        return (Serializer)(
            takesConfig
                ? TypeName.Construct(type, setting, System, settings ?? Config.Empty)
                : TypeName.Construct(type, setting, System)
        );
    }

    private void Bind(string typeName, string serializer)
    {
        if (TypeName.Find(typeName) is not { } type)
        {
            System.Log.Warning("akka.actor.serialization-bindings: no type is named '{0}'; the binding is not used.", typeName);
            return;
        }
        if (!_byName.TryGetValue(serializer, out var found))
            throw new ConfigurationException(
                $"akka.actor.serialization-bindings.\"{typeName}\": no serializer is named '{serializer}'."
            );
        AddSerializationMap(type, found);
    }

    private void AddFromSetup()
    {
        var setup = System.Settings.Setup.Get<SerializationSetup>();
        if (!setup.HasValue)
            return;
        foreach (var details in setup.Value.CreateSerializers(System))
        {
            AddSerializer(details.Alias, details.Serializer);
            foreach (var type in details.UseFor)
                AddSerializationMap(type, details.Serializer);
        }
    }

    public void AddSerializer(Serializer serializer) => AddSerializer(serializer.GetType().FullName!, serializer);

    public void AddSerializer(string name, Serializer serializer)
    {
        if (
            _byId.TryGetValue(serializer.Identifier, out var other)
            && other.GetType() != serializer.GetType()
            && !_byName.ContainsKey(name)
        )
            throw new ConfigurationException(
                $"Serializers {other.GetType()} and {serializer.GetType()} have the same number {serializer.Identifier}."
            );
        _byId[serializer.Identifier] = serializer;
        _byName[name] = serializer;
    }

    public void AddSerializationMap(Type type, Serializer serializer)
    {
        _bindings[type] = serializer;
        _found.Clear();
    }

    public Serializer FindSerializerFor(object? obj, string? defaultSerializerName = null) =>
        obj is null ? _null : FindSerializerForType(obj.GetType(), defaultSerializerName);

    public Serializer FindSerializerForType(Type objectType, string? defaultSerializerName = null)
    {
        if (_found.TryGetValue(objectType, out var known))
            return known;
        var serializer = MostSpecific(objectType);
        if (defaultSerializerName is not null && (serializer is null || IsOnlyObject(serializer)))
            return _byName.TryGetValue(defaultSerializerName, out var named)
                ? named
                : throw new SerializationException($"No serializer is named '{defaultSerializerName}'.");
        if (serializer is null)
            throw new SerializationException($"Serializer not found for type {objectType}");
        _found.TryAdd(objectType, serializer);
        return serializer;
    }

    private bool IsOnlyObject(Serializer serializer) =>
        _bindings.TryGetValue(typeof(object), out var fallback) && ReferenceEquals(fallback, serializer);

    private Serializer? MostSpecific(Type type)
    {
        if (_bindings.TryGetValue(type, out var exact))
            return exact;
        Type? best = null;
        foreach (var bound in _bindings.Keys.Where(b => b.IsAssignableFrom(type)))
        {
            if (best is null || best.IsAssignableFrom(bound))
                best = bound;
        }
        return best is null ? null : _bindings[best];
    }

    public byte[] Serialize(object o) => WithTransport(System, () => FindSerializerFor(o).ToBinary(o));

    public object Deserialize(byte[] bytes, int serializerId, Type type) =>
        WithTransport(System, () => ById(serializerId, type?.ToString()).FromBinary(bytes, type!));

    public object Deserialize(byte[] bytes, int serializerId, string manifest)
    {
        var serializer = ById(serializerId, manifest);
        if (serializer is SerializerWithStringManifest named)
            return WithTransport(System, () => named.FromBinary(bytes, manifest));
        if (string.IsNullOrEmpty(manifest))
            return WithTransport(System, () => serializer.FromBinary(bytes, null!));
        var type =
            Type.GetType(manifest, throwOnError: false)
            ?? throw new SerializationException(
                $"Cannot find manifest class [{manifest}] for serializer with id [{serializerId}]."
            );
        return WithTransport(System, () => serializer.FromBinary(bytes, type));
    }

    private Serializer ById(int id, string? manifest) =>
        _byId.TryGetValue(id, out var serializer)
            ? serializer
            : throw new SerializationException(
                $"Cannot find serializer with id [{id}] (manifest [{manifest}]). The most probable reason is that the configuration "
                    + "entry 'akka.actor.serializers' is not in sync between the two systems."
            );

    /// <summary>What goes over the wire beside number and bytes: the serializer's own name for it, a type, or nothing.</summary>
    public static string ManifestFor(Serializer s, object msg) =>
        s switch
        {
            SerializerWithStringManifest named => named.Manifest(msg),
            { IncludeManifest: true } => $"{msg.GetType().FullName}, {msg.GetType().Assembly.GetName().Name}",
            _ => string.Empty,
        };

    /// <summary>A reference as text: with the address of the present connection, or else of its own system.</summary>
    public static string SerializedActorPath(IActorRef actorRef)
    {
        if (actorRef is null || Equals(actorRef, ActorRefs.NoSender))
            return string.Empty;
        var path = actorRef.Path;
        if (
            path.Address.HasGlobalScope
            || actorRef is not IInternalActorRef { IsLocal: true } local
            || actorRef is Nobody or IgnoreActorRef
        )
            return path.ToSerializationFormat();
        var provider = local.Provider;
        if (s_current is not { } current)
            return path.ToSerializationFormatWithAddress(provider.DefaultAddress);
        var same = ReferenceEquals(provider, ((ExtendedActorSystem)current.System).Provider);
        return path.ToSerializationFormatWithAddress(
            same ? current.Address : provider.GetExternalAddressFor(current.Address) ?? provider.DefaultAddress
        );
    }

    public IActorRef DeserializeActorRef(string path) => System.Provider.ResolveActorRef(path);

    public static Information? GetCurrentTransportInformation() =>
        s_current
        ?? throw new InvalidOperationException("CurrentTransportInformation is not set. Use Serialization.WithTransport.");

    public static T WithTransport<T>(ActorSystem system, Address address, Func<T> action) =>
        With(new Information(address, system), static f => f(), action);

    public static T WithTransport<T>(ExtendedActorSystem system, Func<T> action) =>
        WithTransport(system, action, static f => f());

    public static T WithTransport<TState, T>(ExtendedActorSystem system, TState state, Func<TState, T> action) =>
        s_current is { } current && ReferenceEquals(current.System, system)
            ? action(state)
            : With(system.Provider.SerializationInformation, action, state);

    private static T With<TState, T>(Information information, Func<TState, T> action, TState state)
    {
        var outer = s_current;
        s_current = information;
        try
        {
            return action(state);
        }
        finally
        {
            s_current = outer;
        }
    }

    /// <summary>The message as its receiver would get it from another process (serialize-messages = on).</summary>
    internal object Verified(object message)
    {
        var inner = message is DeadLetter dead ? dead.Message : message;
        // What nobody handled was verified when it was told; the envelope itself never leaves the process.
        if (inner is INoSerializationVerificationNeeded or UnhandledMessage)
            return message;
        var copy = RoundTrip(inner);
        return message is DeadLetter letter ? new DeadLetter(copy, letter.Sender, letter.Recipient) : copy;
    }

    private object RoundTrip(object message)
    {
        try
        {
            var serializer = FindSerializerFor(message);
            var bytes = WithTransport(System, () => serializer.ToBinary(message));
            return Deserialize(bytes, serializer.Identifier, ManifestFor(serializer, message))
                ?? throw new SerializationException($"{serializer.GetType()} read null.");
        }
        catch (Exception e)
        {
            throw new SerializationException(
                $"Failed to serialize and deserialize payload object [{message.GetType()}]. Envelope: [{message}]",
                e
            );
        }
    }

    /// <summary>Fails if an argument of the Props could not travel (serialize-creators = on).</summary>
    internal void VerifyArguments(Props props)
    {
        foreach (var argument in props.Arguments.Where(a => a is not null and not INoSerializationVerificationNeeded))
            RoundTrip(argument);
    }
}
