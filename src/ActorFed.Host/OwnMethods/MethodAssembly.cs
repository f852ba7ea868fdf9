using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using ActorFed.Training.Methods;

namespace ActorFed.Host.OwnMethods;

/// <summary>One assembly of methods. Loaded from its bytes, so that its file can be built anew while a run goes on.</summary>
/// <param name="file">Full path.</param>
/// <param name="bytes">Its content.</param>
/// <param name="hash">SHA-256 of that, hexadecimal.</param>
internal sealed class MethodAssembly(string file, byte[] bytes, string hash)
{
    private static readonly AssemblyName Contract = typeof(IMethodLibrary).Assembly.GetName();

    /// <summary>Its methods, each with the code that it comes from.</summary>
    /// <exception cref="UserException">It is none, or not for this program.</exception>
    public ImmutableArray<MethodEntry> Load()
    {
        CheckVersion();
        try
        {
            var assembly = new MethodLoadContext(file).Load(bytes);
            var libraries = assembly
                .GetExportedTypes()
                .Where(IsLibrary)
                .OrderBy(t => t.FullName, StringComparer.Ordinal)
                .ToList();
            var name = assembly.GetName();
            var entries = libraries
                .SelectMany(library => Methods(library))
                .Select(m => m with { Origin = $"{name.Name} {name.Version} sha256:{hash}" })
                .ToImmutableArray();
            return entries.IsEmpty ? throw Fault(NoMethods) : entries;
        }
        // What a type needs and the program does not have (any more) shows up only when it is looked at.
        catch (Exception e) when (e is TypeLoadException or MissingMemberException or FileNotFoundException or FileLoadException)
        {
            throw Fault(
                $"it does not fit this program ({e.Message}); build it anew against ActorFed.Training {Contract.Version}",
                e
            );
        }
        catch (TargetInvocationException e)
        {
            throw Fault($"its {nameof(IMethodLibrary)} fails: {e.InnerException?.Message}", e);
        }
    }

    private const string NoMethods =
        $"it has no method: a public class with a constructor without parameters has to implement {nameof(IMethodLibrary)} and list one";

    // Before any of its code is loaded: an assembly of another version fails in ways that nobody understands.
    private void CheckVersion()
    {
        using var portable = new PEReader(ImmutableArray.Create(bytes));
        try
        {
            if (!portable.HasMetadata || !portable.GetMetadataReader().IsAssembly)
            {
                throw Fault("it is a program or library, but no .NET assembly");
            }
        }
        catch (BadImageFormatException e)
        {
            throw Fault("it is no .NET assembly", e);
        }

        var metadata = portable.GetMetadataReader();
        var against = metadata
            .AssemblyReferences.Select(metadata.GetAssemblyReference)
            .Where(r => metadata.GetString(r.Name) == Contract.Name)
            .Select(r => r.Version)
            .FirstOrDefault();
        if (against is null)
        {
            throw Fault(NoMethods);
        }

        // Below 1.0 a minor version may change what methods are made of; from then on only a major one may.
        if (against.Major != Contract.Version!.Major || against.Minor != Contract.Version.Minor)
        {
            throw Fault($"it was built against {Contract.Name} {against}, this program has {Contract.Version}: build it anew");
        }
    }

    private static bool IsLibrary(Type type) =>
        type is { IsClass: true, IsAbstract: false }
        && typeof(IMethodLibrary).IsAssignableFrom(type)
        && type.GetConstructor(Type.EmptyTypes) is not null;

    private static ImmutableArray<MethodEntry> Methods(Type library)
    {
        var made = (IMethodLibrary)library.GetConstructor(Type.EmptyTypes)!.Invoke(null);
        return made.Methods.IsDefault ? [] : made.Methods;
    }

    private UserException Fault(string why, Exception? cause = null) =>
        new(ExitCode.BadSettings, $"{MethodAssemblies.Key}: {file}: {why}.", cause);
}
