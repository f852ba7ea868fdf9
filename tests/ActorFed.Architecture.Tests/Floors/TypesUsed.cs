using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ActorFed.Architecture.Tests.Floors;

/// <summary>The full names of all foreign types that an assembly's code names, read from its metadata.</summary>
internal static class TypesUsed
{
    public static IReadOnlyList<string> By(string assembly)
    {
        using var file = File.OpenRead(Assembly.Load(assembly).Location);
        using var portable = new PEReader(file);
        var metadata = portable.GetMetadataReader();
        return
        [
            .. metadata
                .TypeReferences.Select(metadata.GetTypeReference)
                .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }
}
