using System.Reflection;
using System.Text.RegularExpressions;

namespace TorchSharp.Tests;

/// <summary>Nothing is public that TorchSharp has not: Reference/torchsharp.txt lists its members, Reference/beside.txt our few others, each with a reason.</summary>
public sealed partial class SurfaceTests
{
    private static readonly Dictionary<string, string> Short = new()
    {
        ["Int32"] = "int",
        ["Int64"] = "long",
        ["Single"] = "float",
        ["Double"] = "double",
        ["Boolean"] = "bool",
        ["String"] = "string",
        ["Void"] = "void",
        ["Object"] = "object",
    };

    [Fact]
    public void Every_public_member_is_TorchSharps()
    {
        var listed = Listed();
        var beside = File.ReadLines(Reference("beside.txt"))
            .Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split("  ")[0].Trim())
            .ToHashSet();
        var ours = typeof(torch)
            .Assembly.GetExportedTypes()
            .Where(t => t.Namespace?.StartsWith("ActorFed.Kernel", StringComparison.Ordinal) != true)
            .SelectMany(t => Members(t).Select(m => (Type: Name(t), Member: m)))
            .ToList();
        var strange = ours.Where(m => !listed.Contains($"{m.Type}: {m.Member}"))
            .Where(m => !beside.Contains(m.Type) && !beside.Contains($"{m.Type}.{Bare(m.Member)}"))
            .Select(m => $"{m.Type}: {m.Member}")
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.True(ours.Count > 800, $"Only {ours.Count} members were seen.");
        Assert.True(strange.Count == 0, "Not TorchSharp's:\n" + string.Join("\n", strange));
    }

    private static string Reference(string file) => Path.Combine(AppContext.BaseDirectory, "Reference", file);

    /// <summary>"Tensor: add(Tensor target,Scalar alpha)": the last part of each name, without results and defaults.</summary>
    private static HashSet<string> Listed()
    {
        var found = new HashSet<string>();
        var type = "";
        foreach (var line in File.ReadLines(Reference("torchsharp.txt")).Skip(3).Where(l => l.Length > 0))
        {
            if (!line.StartsWith("  ", StringComparison.Ordinal))
            {
                type = Last(Heading().Match(line).Value);
                continue;
            }
            var member = Prefixes().Replace(line.Trim(), "");
            found.Add($"{type}: {Normal(member)}");
        }
        return found;
    }

    private static string Normal(string member)
    {
        if (member.StartsWith("prop ", StringComparison.Ordinal) || member.StartsWith("field ", StringComparison.Ordinal))
        {
            var parts = Outside(member.Split('[')[0].Trim().Length > 0 ? member : "", ' ');
            return parts[^1].StartsWith('[') ? parts[^2] : parts[^1];
        }
        var open = Opening(member);
        var name = member[..open].Split(' ')[^1];
        var arguments = Outside(member[(open + 1)..^1], ',').Where(a => a.Length > 0).Select(Argument);
        return $"{name}({string.Join(",", arguments)})";
    }

    private static int Opening(string member) => member.IndexOf('(', StringComparison.Ordinal);

    private static string Argument(string text)
    {
        var parts = Outside(text.Split('=')[0].Trim(), ' ');
        return $"{Segments().Replace(parts[0], "")} {parts[1]}";
    }

    private static List<string> Outside(string text, char separator)
    {
        var (parts, depth, from) = (new List<string>(), 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth +=
                text[i] == '[' ? 1
                : text[i] == ']' ? -1
                : 0;
            if (depth == 0 && text[i] == separator)
            {
                parts.Add(text[from..i].Trim());
                from = i + 1;
            }
        }
        parts.Add(text[from..].Trim());
        return parts;
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags All =
            BindingFlags.Public
            | BindingFlags.NonPublic
            | BindingFlags.Instance
            | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(n => Short.GetValueOrDefault(n, n));
        }
        var methods = type.GetMethods(All)
            .Where(m => (m.IsPublic || m.IsFamily) && !Accessor(m) && !Everyones(m.Name))
            .Select(m => $"{Short.GetValueOrDefault(m.Name, m.Name)}({Parameters(m)})");
        var constructors = type.GetConstructors(All)
            .Where(c => (c.IsPublic || c.IsFamily) && !c.IsStatic && c.GetParameters().Length > 0)
            .Select(c => $".ctor({Parameters(c)})");
        var properties = type.GetProperties(All)
            .Where(p => p.GetMethod is { IsPublic: true } or { IsFamily: true })
            .Select(p => p.Name);
        var fields = type.GetFields(All).Where(f => f.IsPublic || f.IsFamily).Select(f => f.Name);
        return methods.Concat(constructors).Concat(properties).Concat(fields).Distinct();
    }

    private static bool Accessor(MethodInfo m) =>
        m.IsSpecialName && !m.Name.StartsWith("op_", StringComparison.Ordinal) || m.Name.Contains('.');

    private static bool Everyones(string name) => name is "ToString" or "Equals" or "GetHashCode" or "Finalize" or "<Clone>$";

    private static string Parameters(MethodBase method) =>
        string.Join(",", method.GetParameters().Select(p => $"{TypeName(p.ParameterType)} {p.Name}"));

    private static string TypeName(Type type)
    {
        if (type.IsByRef)
        {
            return TypeName(type.GetElementType()!) + "&";
        }
        if (type.IsArray)
        {
            return $"{TypeName(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }
        if (Nullable.GetUnderlyingType(type) is { IsGenericType: false } inner)
        {
            return TypeName(inner) + "?";
        }
        var name = type.Name.Split('`')[0];
        return type.IsGenericType
            ? $"{name}[{string.Join(",", type.GetGenericArguments().Select(TypeName))}]"
            : Short.GetValueOrDefault(name, name);
    }

    private static string Name(Type type) =>
        type.Name.Split('`')[0] is var plain && type.IsNested && type.DeclaringType!.Namespace == "TorchSharp.Modules"
            ? $"{type.DeclaringType.Name}+{plain}"
            : plain;

    private static string Last(string heading)
    {
        var plain = heading.Split('<', '`')[0];
        return plain.StartsWith("Modules.", StringComparison.Ordinal) ? plain["Modules.".Length..] : plain.Split('+')[^1];
    }

    private static string Bare(string member) => member.Split('(')[0];

    [GeneratedRegex(@"^\S+")]
    private static partial Regex Heading();

    [GeneratedRegex("^((protected|virtual|abstract|static) )+")]
    private static partial Regex Prefixes();

    [GeneratedRegex(@"\w+\+")]
    private static partial Regex Segments();
}
