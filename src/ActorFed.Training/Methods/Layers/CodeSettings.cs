using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Settings;

namespace ActorFed.Training.Methods.Layers;

/// <summary>The settings of what goes over the wire in fewer bits, up or down.</summary>
/// <param name="Section">upload or download.</param>
internal sealed record CodeSettings(string Section)
{
    /// <summary>The setting that names the code.</summary>
    public string Key => $"{Section}.encoding";

    private string Block => $"{Section}.block";

    /// <summary>The declarations.</summary>
    /// <param name="says">What is encoded, for people.</param>
    public ImmutableArray<SettingSpec> Specs(string says) =>
        [
            SettingSpec.Choice(Key, ["float32", "float16", "int8", "int4"], says),
            SettingSpec.Whole(Block, 64, 8, 4096, "", "Numbers that share a scale in int8 and int4."),
        ];

    /// <summary>The code that the settings ask for; null for whole numbers.</summary>
    public ChangeCode? Of(SettingValues settings) => ChangeCode.Of(settings.Choice(Key), (int)settings.Whole(Block));
}
