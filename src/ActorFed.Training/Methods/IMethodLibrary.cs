using System.Collections.Immutable;

namespace ActorFed.Training.Methods;

/// <summary>
/// What makes an assembly one of methods: a public class of it that implements this, with a constructor that takes nothing. The host
/// finds it in the assemblies that actorfed.methods.assemblies names; docs/add-a-method.md walks through one.
/// </summary>
public interface IMethodLibrary
{
    /// <summary>Its methods, as the catalogue lists its own.</summary>
    ImmutableArray<MethodEntry> Methods { get; }
}
