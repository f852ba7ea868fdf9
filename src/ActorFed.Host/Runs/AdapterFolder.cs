using ActorFed.Host.Simulation;
using ActorFed.Training.Encoding;
using ActorFed.Training.Lora;

namespace ActorFed.Host.Runs;

/// <summary>A global model on disk, as a PEFT folder wherever PEFT can express it.</summary>
internal static class AdapterFolder
{
    /// <summary>Writes it, each file whole or not at all.</summary>
    /// <param name="disk">Where to.</param>
    /// <param name="path">The folder.</param>
    /// <param name="run">Knows the method, the model and the classes.</param>
    /// <param name="global">The model.</param>
    /// <param name="card">What people read about it.</param>
    public static void Write(IDisk disk, string path, Preparation run, TensorSet global, string card)
    {
        var adapter = new PeftAdapter(
            run.Settings.Model,
            run.Method.Export(global),
            global.Where(TensorSet.IsHead),
            run.Corpus.Labels
        );
        foreach (var (name, bytes) in PeftFolder.Files(adapter, card))
        {
            disk.Write(Path.Combine(path, name), bytes);
        }

        // Full fine-tuning moves more than PEFT has a place for: the rest lies beside it, under our names.
        if (run.Method.ExportRest(global) is { Count: > 0 } rest)
        {
            disk.Write(Path.Combine(path, "other_changes.safetensors"), Safetensors.Encode(rest));
        }
    }
}
