using System.Collections.Immutable;
using ActorFed.Training.Settings;

namespace ActorFed.Training.Methods;

/// <summary>One method as the host sees it.</summary>
/// <param name="Name">As in settings and results.</param>
/// <param name="Summary">One sentence for people.</param>
/// <param name="Settings">Its own settings, besides the common ones.</param>
/// <param name="Create">Makes it; bad settings are an <see cref="ArgumentException"/> that names them.</param>
public sealed record MethodEntry(
    string Name,
    string Summary,
    ImmutableArray<SettingSpec> Settings,
    Func<MethodContext, ITrainableMethod> Create
)
{
    /// <summary>Which code it is, for results: assembly, version and hash of a user's own method; null for one of the catalogue.</summary>
    public string? Origin { get; init; }
}

/// <summary>The methods that come with the program: adding one is its file and one line here. A user's own need no line: <see cref="IMethodLibrary"/>.</summary>
public static class MethodCatalog
{
    /// <summary>In the order in which they are listed to people.</summary>
    public static ImmutableArray<MethodEntry> All { get; } =
    [
        new("fedit", "Federated averaging of LoRA factors and head.", [], c => new FedIt(c)),
        new("hetlora", "Ranks by budget, pruned by clients; means by the norms of updates.", HetLora.Specs, c => new HetLora(c)),
        new("hafl", "Components by importance and budget, each averaged by itself.", Hafl.Specs, c => new Hafl(c)),
        new("flexlora", "Ranks by budget; the mean product, decomposed anew each round.", FlexLora.Specs, c => new FlexLora(c)),
        new("flora", "Ranks by budget; stacked factors are merged, local ones begin anew.", FLora.Specs, c => new FLora(c)),
        new("fedex-lora", "FedIT whose error is merged into the frozen weights: exact.", FedExLora.Specs, c => new FedExLora(c)),
        new(
            "ffa-lora",
            "LoRA with A frozen at a shared start; B alone is trained and averaged.",
            FfaLora.Specs,
            c => new FfaLora(c)
        ),
        new("rolora", "LoRA whose rounds train B and A in turn.", [], c => new RoLora(c)),
        new("fed-sb", "A square core between bases from the SVD of an initial update.", FedSb.Specs, c => new FedSb(c)),
        new("ravan", "Several heads between frozen random bases; weak clients train fewer.", Ravan.Specs, c => new Ravan(c)),
        new("full", "Full fine-tuning of the encoder but its embeddings.", FullTuning.Specs, c => new FullTuning(c)),
        new("local-only", "Every client trains a LoRA and a head of its own; nothing is shared.", [], c => new LocalOnly(c)),
        new("fdlora", "A personal and a global LoRA, fused on each client at the end.", FdLora.Specs, c => new FdLora(c)),
        new("head-only", "Federated averaging of the head; the encoder stays as it is.", [], c => new HeadOnly(c)),
        new("head-ridge", "The head in closed form, from one round.", HeadRidge.Specs, c => new HeadRidge(c)),
    ];

    /// <summary>The same as a set, to which a user's own can be added.</summary>
    public static MethodSet BuiltIn { get; } = new(All);

    /// <summary>Every setting of floor 0: common, LoRA, training, and each method's own.</summary>
    public static ImmutableArray<SettingSpec> Specs => BuiltIn.Specs;

    /// <summary>The method of this name.</summary>
    /// <exception cref="ArgumentException">There is none, with those there are; or its settings do not fit the model.</exception>
    public static ITrainableMethod Create(string name, MethodContext context) => BuiltIn.Create(name, context);
}
