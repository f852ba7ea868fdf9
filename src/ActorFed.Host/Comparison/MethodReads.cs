using System.Collections.Immutable;
using ActorFed.Host.Settings;
using ActorFed.Training.Methods;

namespace ActorFed.Host.Comparison;

/// <summary>Which settings a method's result can depend on: only those are searched for it, and only those name its cells.</summary>
/// <remarks>A setting that is taken for read and is not costs a search of equal cells; the other way round cells would be mixed up.</remarks>
/// <param name="name">The method's name in the catalogue.</param>
/// <param name="touchesEncoder">Whether anything but the head changes.</param>
/// <param name="isClosedForm">Whether one round without training is all of it.</param>
/// <param name="trainsHead">head.train.</param>
/// <param name="startsFromRidge">head.init = ridge.</param>
/// <param name="methods">The methods that there are; null for those that come with the program.</param>
internal sealed class MethodReads(
    string name,
    bool touchesEncoder,
    bool isClosedForm,
    bool trainsHead,
    bool startsFromRidge,
    MethodSet? methods = null
)
{
    private const string Ridge = "head-ridge";
    private const string Alone = "local-only";
    private static readonly ImmutableHashSet<string> OfAdapter = ["train.rate", "train.clip", "train.optimizer"];
    private static readonly ImmutableHashSet<string> OfHead = ["head.rate", "head.clip", "head.optimizer"];

    // A cell of a method of the program does not depend on a user's other methods, nor has it another name because of them.
    private readonly bool _isOwn = MethodCatalog.All.All(m => m.Name != name);
    private readonly ImmutableHashSet<string> _own = Keys(methods, m => m.Name == name);
    private readonly ImmutableHashSet<string> _others = Keys(methods, m => m.Name != name);

    /// <summary>Whether anything but the head changes.</summary>
    public bool TouchesEncoder => touchesEncoder;

    /// <summary>Whether one round without training is all of it.</summary>
    public bool IsClosedForm => isClosedForm;

    /// <summary>Whether the validation part can tell its settings apart: a search judges the global model, and where nobody changes that all values are equal.</summary>
    public bool CanBeSearched => name != Alone;

    /// <summary>What this method reads with these settings.</summary>
    public static MethodReads Of(ITrainableMethod method, RunSettings settings)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            settings.Method,
            method.TouchesEncoder,
            settings.Method == Ridge,
            settings.Training.Flag(CommonSettings.HeadTrain),
            settings.Training.Choice(CommonSettings.HeadInit) == "ridge",
            settings.Methods
        );
    }

    /// <summary>Whether the method reads the setting of this full path.</summary>
    public bool Includes(string path)
    {
        var key = path[(SettingKey.Root.Length + 1)..];
        return path == SettingCatalog.MethodsHash ? _isOwn : _own.Contains(key) || (!IsForeign(key) && !IsIdle(key));
    }

    private bool IsForeign(string key) =>
        _others.Contains(key) && !(startsFromRidge && key.StartsWith(Ridge, StringComparison.Ordinal));

    private bool IsIdle(string key) =>
        key switch
        {
            "train.max-tokens" => false,
            "run.rounds" => isClosedForm,
            _ when OfHead.Contains(key) => isClosedForm || !trainsHead,
            _ when OfAdapter.Contains(key) || IsIn(key, "lora.") => !touchesEncoder,
            _ => isClosedForm && (IsIn(key, "train.") || IsIn(key, "head.") || IsIn(key, "aggregation.")),
        };

    private static bool IsIn(string key, string section) => key.StartsWith(section, StringComparison.Ordinal);

    private static ImmutableHashSet<string> Keys(MethodSet? methods, Func<MethodEntry, bool> which) =>
        [.. (methods ?? MethodCatalog.BuiltIn).All.Where(which).SelectMany(m => m.Settings).Select(s => s.Key)];
}
