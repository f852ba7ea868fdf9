using System.Reflection;
using Akka.Configuration;

namespace Akka;

/// <summary>Types named in settings: found by name, made by the constructor that takes what is offered.</summary>
internal static class TypeName
{
    /// <summary>"Namespace.Type" (of this assembly) or "Namespace.Type, Assembly"; null if there is none.</summary>
    public static Type? Find(string name) => Type.GetType(name, throwOnError: false) ?? InLoadedAssemblies(name);

    private static Type? InLoadedAssemblies(string name)
    {
        if (name.Contains(',', StringComparison.Ordinal))
            return null;
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (assembly.GetType(name, throwOnError: false) is { } type)
                return type;
        }
        return null;
    }

    /// <summary>The same for a setting that must name a certain kind of type.</summary>
    public static T Construct<T>(Type type, string setting, params object?[] arguments) =>
        typeof(T).IsAssignableFrom(type)
            ? (T)Construct(type, setting, arguments)
            : throw new ConfigurationException($"{setting}: {type} is no {typeof(T)}.");

    /// <summary>Uses the constructor that takes all arguments, or else the one without any.</summary>
    public static object Construct(Type type, string setting, params object?[] arguments)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var constructors = type.GetConstructors(All);
        var constructor =
            Array.Find(constructors, c => Takes(c, arguments)) ?? Array.Find(constructors, c => c.GetParameters().Length == 0);
        if (constructor is null)
            throw new ConfigurationException(
                $"{setting}: {type} has no constructor that takes ({string.Join(", ", arguments.Select(a => a?.GetType().Name ?? "null"))})."
            );
        try
        {
            return constructor.Invoke(constructor.GetParameters().Length == 0 ? [] : arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            throw new ConfigurationException($"{setting}: {type} could not be made: {inner.Message}", inner);
        }
    }

    private static bool Takes(ConstructorInfo constructor, object?[] arguments)
    {
        var parameters = constructor.GetParameters();
        return parameters.Length == arguments.Length
            && parameters.Zip(arguments).All(p => p.Second is null || p.First.ParameterType.IsInstanceOfType(p.Second));
    }
}
