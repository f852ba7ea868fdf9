using System.Reflection;
using System.Text.RegularExpressions;

namespace Akka.Tests.PublicSurface;

/// <summary>Writes the public and protected members of types as the reference list writes them.</summary>
internal static partial class SurfaceText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] s_objectMembers = ["Equals", "GetHashCode", "ToString", "Finalize"];

    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
    };

    public static string TypeName(Type type)
    {
        var name = NameWithArity().Replace(type.FullName!, "");
        return type.IsInterface ? name[(name.LastIndexOf('.') + 1)..] : name;
    }

    public static IEnumerable<string> Members(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
            return [];
        var lines = new List<string>();
        lines.AddRange(type.GetConstructors(Declared).Where(c => !c.IsStatic && IsSeen(c)).Select(Constructor));
        lines.AddRange(type.GetMethods(Declared).Where(IsListed).Select(Method));
        lines.AddRange(type.GetProperties(Declared).Where(IsListed).Select(p => $"prop {Name(p.PropertyType)} {p.Name}"));
        lines.AddRange(type.GetFields(Declared).Where(IsSeen).Select(f => $"field {Name(f.FieldType)} {f.Name}"));
        return lines.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsSeen(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static bool IsListed(MethodInfo method) =>
        IsSeen(method)
        && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && !s_objectMembers.Contains(method.Name, StringComparer.Ordinal)
        && !method.Name.Contains('<', StringComparison.Ordinal)
        && !method.Name.StartsWith("CompareTo", StringComparison.Ordinal);

    private static bool IsListed(PropertyInfo property) => property.GetAccessors(nonPublic: true).Any(IsSeen);

    private static string Constructor(ConstructorInfo constructor) =>
        $"{(constructor.IsPublic ? "" : "protected ")}.ctor({Parameters(constructor)})";

    private static string Method(MethodInfo method)
    {
        var access = method.IsPublic ? "" : "protected ";
        return $"{access}{Name(method.ReturnType)} {method.Name}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{Default(p)}"));

    private static string Default(ParameterInfo parameter) =>
        parameter.HasDefaultValue ? "=" + (parameter.DefaultValue ?? "null") : "";

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!) + "&";
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Name(underlying) + "?";
        if (s_keywords.TryGetValue(type, out var keyword))
            return keyword;
        var name = NameWithArity().Replace(type.Name, "");
        return type.IsGenericType ? $"{name}[{string.Join(",", type.GetGenericArguments().Select(Name))}]" : name;
    }

    [GeneratedRegex("`[0-9]+")]
    private static partial Regex NameWithArity();
}
