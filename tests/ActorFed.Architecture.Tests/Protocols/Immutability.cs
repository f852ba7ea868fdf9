using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ActorFed.Architecture.Tests.Protocols;

/// <summary>What makes a type unfit as a message: two actors could see it change.</summary>
internal static class Immutability
{
    /// <summary>Every record nested in a static class whose name ends in Protocol: one file, one conversation.</summary>
    public static IReadOnlyList<Type> MessagesOf(string assembly) =>
        [
            .. Assembly
                .Load(assembly)
                .GetTypes()
                .Where(type =>
                    type.Name.EndsWith("Protocol", StringComparison.Ordinal) && type is { IsAbstract: true, IsSealed: true }
                )
                .SelectMany(protocol => protocol.GetNestedTypes())
                .Where(type => type is { IsClass: true, IsAbstract: false })
                .OrderBy(type => type.FullName, StringComparer.Ordinal),
        ];

    public static IEnumerable<string> Faults(Type message)
    {
        if (!message.IsSealed)
            yield return $"{message.Name} is not sealed";
        foreach (var property in message.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is { IsPublic: true } setter && !IsInit(setter))
                yield return $"{message.Name}.{property.Name} has a setter";
            if (IsMutable(property.PropertyType))
                yield return $"{message.Name}.{property.Name} is a {property.PropertyType.Name}, which its sender can change";
        }
        foreach (var field in message.GetFields(BindingFlags.Public | BindingFlags.Instance).Where(field => !field.IsInitOnly))
            yield return $"{message.Name}.{field.Name} is a field that can be written";
    }

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    // A read-only view is taken at its word: whoever hands one out gives the list away with it.
    private static bool IsMutable(Type type) =>
        type.IsArray
        || (
            type.IsClass
            && typeof(IEnumerable).IsAssignableFrom(type)
            && type.Namespace is "System.Collections" or "System.Collections.Generic" or "System.Collections.Concurrent"
        );
}
