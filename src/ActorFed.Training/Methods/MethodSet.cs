using System.Collections.Immutable;
using ActorFed.Training.Lora;
using ActorFed.Training.Methods.Layers;
using ActorFed.Training.Partitioning;
using ActorFed.Training.Settings;
using ActorFed.Training.Trainers;

namespace ActorFed.Training.Methods;

/// <summary>The methods that a run can choose from: those of the catalogue, and perhaps a user's own. Immutable.</summary>
public sealed class MethodSet
{
    internal MethodSet(ImmutableArray<MethodEntry> entries)
    {
        All = entries;
        Specs =
        [
            .. CommonSettings.Specs,
            .. LoraShape.Specs,
            .. TrainerOptions.Specs,
            .. MethodLayers.Specs,
            .. PersonalSplit.Specs,
            .. entries.SelectMany(m => m.Settings),
        ];
    }

    /// <summary>In the order in which they are listed to people; a user's own come last.</summary>
    public ImmutableArray<MethodEntry> All { get; }

    /// <summary>Every setting of floor 0: common, LoRA, training, and each method's own.</summary>
    public ImmutableArray<SettingSpec> Specs { get; }

    /// <summary>Names, in the same order.</summary>
    public IEnumerable<string> Names => All.Select(m => m.Name);

    /// <summary>These methods and more.</summary>
    /// <exception cref="ArgumentException">
    /// A name or a setting that is there already, a name that is no word of small letters, digits and dashes, or a setting that does not
    /// lie below its method's name.
    /// </exception>
    public MethodSet With(IEnumerable<MethodEntry> more)
    {
        ArgumentNullException.ThrowIfNull(more);
        return more.Aggregate(
            this,
            (set, entry) => set.Fault(entry) is { } why ? throw new ArgumentException(why) : new([.. set.All, entry])
        );
    }

    /// <summary>The method of this name.</summary>
    /// <exception cref="ArgumentException">There is none, with those there are; or its settings do not fit the model.</exception>
    public ITrainableMethod Create(string name, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var entry =
            All.FirstOrDefault(m => m.Name == name)
            ?? throw new ArgumentException($"method: '{name}' is not one of {string.Join(", ", Names)}.");
        return PersonalHead.Around(name, context, c => MethodLayers.Around(entry.Create(c), c));
    }

    private string? Fault(MethodEntry entry)
    {
        var keys = Specs.Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        return !IsName(entry.Name) ? $"the name '{entry.Name}' is not made of small letters, digits and dashes, a letter first"
            : All.Any(m => m.Name == entry.Name) ? $"there is a method {entry.Name} already"
            : entry.Settings.IsDefault ? $"the method {entry.Name} has no list of settings; [] stands for none"
            : entry.Settings.FirstOrDefault(s => !s.Key.StartsWith($"{entry.Name}.", StringComparison.Ordinal)) is { } foreign
                ? $"the setting {foreign.Key} of {entry.Name} does not begin with '{entry.Name}.'"
            : entry.Settings.FirstOrDefault(s => !keys.Add(s.Key)) is { } twice
                ? $"the setting {twice.Key} of {entry.Name} is there already"
            : entry.Settings.FirstOrDefault(s => s.Parse(s.Default) is null) is { } broken
                ? $"the default '{broken.Default}' of {broken.Key} is not {broken.Rule}"
            : null;
    }

    private static bool IsName(string name) =>
        name.Length > 0
        && char.IsAsciiLetterLower(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
