using System.Collections.Concurrent;

namespace Akka.Actor.Internal;

/// <summary>The extensions of one system by class: each is made once, whoever asks first.</summary>
internal sealed class ExtensionRegistry(ExtendedActorSystem system)
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();

    public object Register(IExtensionId id)
    {
        var lazy = _extensions.GetOrAdd(id.ExtensionType, _ => new Lazy<object>(() => Make(id)));
        try
        {
            return lazy.Value;
        }
        catch
        {
            _extensions.TryRemove(new(id.ExtensionType, lazy)); // the next one may have better luck
            throw;
        }
    }

    private object Make(IExtensionId id) =>
        id.CreateExtension(system)
        ?? throw new IllegalActorStateException($"Extension instance created as 'null' for extension [{id.GetType()}]");

    public object? Find(Type type) => _extensions.TryGetValue(type, out var lazy) ? lazy.Value : null;
}
