using System.Text.Json;
using ActorFed.Host.Runs;
using ActorFed.Host.Settings;
using ActorFed.Host.Terminal;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Lora;
using TorchSharp;

namespace ActorFed.Host.Simulation;

/// <summary>What the command line asks of <c>evaluate</c>.</summary>
/// <param name="Settings">What it says about settings; over those of the run, where there is one.</param>
/// <param name="What">A run or an adapter folder.</param>
/// <param name="OnValidation">The whole validation part instead of the test part.</param>
/// <param name="Json">Print an object on stdout.</param>
public sealed record EvaluationRequest(SettingOverrides Settings, string What, bool OnValidation, bool Json);

/// <summary>Judges one model.</summary>
internal static class EvaluationRun
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Does it.</summary>
    public static ExitCode Execute(EvaluationRequest request, World world)
    {
        torch.set_num_threads(1);
        var isAdapter = File.Exists(Path.Combine(request.What, "adapter_config.json"));
        var folder = isAdapter ? null : RunFolder.Open(request.What, world.Runs);
        var below = Below(isAdapter, folder, request.What);
        // The sample is for rounds: here every document of the part is judged.
        var all = SettingTree.Of("actorfed.evaluate.sample", "0");
        var settings = SettingsLoader.Load(all.WithFallback(request.Settings.ToConfig()).WithFallback(below), world.Folder);
        using var run = Preparation.Make(settings, world.Npm, world.Folder, world.Error.WriteLine, world.Interrupts.Stop);
        var model = folder is null ? FromAdapter(request.What, run) : FromRun(folder, world, settings);
        var evaluator = request.OnValidation
            ? run.Validation ?? throw new UsageException("The data set has no validation part.")
            : run.Test;
        Print(request, world, settings, evaluator.Evaluate(model, settings.Workers, world.Interrupts.Stop));
        return ExitCode.Done;
    }

    // An adapter folder inside a run folder has its run's settings beside it.
    private static Akka.Configuration.Config Below(bool isAdapter, RunFolder? folder, string what)
    {
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(what.TrimEnd('/')))!, "settings.conf");
        var file = folder?.Settings ?? (isAdapter && File.Exists(beside) ? beside : null);
        return file is null ? SettingsLoader.Standard : SettingOverrides.FromFile(file);
    }

    private static TensorSet FromRun(RunFolder folder, World world, RunSettings settings)
    {
        using var journal = new SqliteJournal(folder, new AtomicDisk(), world.Time, settings.Keep);
        return journal.Load(journal.LastTo("evaluate")).Global;
    }

    private static TensorSet FromAdapter(string path, Preparation run)
    {
        try
        {
            var adapter = PeftFolder.Read(path);
            if (!adapter.Labels.IsEmpty && !adapter.Labels.SequenceEqual(run.Corpus.Labels))
            {
                throw new UserException(
                    ExitCode.BadSettings,
                    $"{path}: it tells apart {string.Join(", ", adapter.Labels)}; {run.Corpus.Name} has {string.Join(", ", run.Corpus.Labels)}."
                );
            }

            return Factors(adapter).With(adapter.Head);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            throw new UserException(ExitCode.RunFailed, e.Message, e);
        }
    }

    private static TensorSet Factors(PeftAdapter adapter) =>
        TensorSet.Of(
            adapter.Pairs.SelectMany(p =>
                new KeyValuePair<string, TensorValue>[] { new(LoraNames.A(p.Map), p.A), new(LoraNames.B(p.Map), p.B) }
            )
        );

    private static void Print(EvaluationRequest request, World world, RunSettings settings, Evaluation e)
    {
        var part = request.OnValidation ? "validation" : "test";
        world.Error.WriteLine(
            $"{part}: {settings.Metric} {Say.Percent(Judgement.Metric(settings.Metric)(e))} of {e.N:N0} documents; accuracy "
                + $"{Say.Percent(e.Accuracy)}, balanced {Say.Percent(e.BalancedAccuracy)}, macro-F1 {Say.Percent(e.MacroF1)}, loss {Say.Loss(e.Loss)}"
        );
        if (request.Json)
        {
            world.Out.WriteLine(
                JsonSerializer.Serialize(
                    new
                    {
                        part,
                        settings.Metric,
                        Value = Judgement.Metric(settings.Metric)(e),
                        e.N,
                        e.Loss,
                        e.Accuracy,
                        e.BalancedAccuracy,
                        e.MacroF1,
                    },
                    Indented
                )
            );
        }
    }
}
