using System.Reflection;
using System.Runtime.InteropServices;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Rounds;
using ActorFed.Host.Results;
using ActorFed.Host.Runs;
using ActorFed.Host.Settings;
using ActorFed.Training.Federation;
using ActorFed.Training.Partitioning;
using TorchSharp;

namespace ActorFed.Host.Simulation;

/// <summary>Puts the result object together from what a run was made of and what its journal holds.</summary>
internal static class ResultAssembly
{
    /// <param name="run">What it was made of.</param>
    /// <param name="id">The run's name.</param>
    /// <param name="commits">Its rounds.</param>
    /// <param name="wall">Their wall seconds, in the same order.</param>
    /// <param name="evaluating">Wall seconds after the last round.</param>
    /// <param name="final">The last words; null before the end.</param>
    /// <param name="perClient">Accuracy by client; null before the end.</param>
    public static RunResult Of(
        Preparation run,
        string id,
        IReadOnlyList<RoundCommit> commits,
        IReadOnlyList<double> wall,
        double evaluating = 0,
        FinalResult? final = null,
        IReadOnlyList<double>? perClient = null
    )
    {
        var metric = Judgement.Metric(run.Settings.Metric);
        RoundResult[] rounds = [.. commits.Zip(wall, (c, seconds) => Round(c.Summary, seconds, metric))];
        return new(
            id,
            final is not null,
            run.Settings.Method,
            run.Settings.Model,
            run.Settings.Dataset,
            run.Settings.Seed,
            run.Settings.Texts,
            Versions(run.Settings),
            Data(run),
            Clients(run, perClient),
            rounds,
            final,
            rounds.Aggregate(BytesResult.None, (sum, r) => sum + r.Bytes),
            wall.Sum() + evaluating,
            commits.Count == 0 ? null : commits[^1].Global.Hex
        )
        {
            AdapterParameters = run.Method.AdapterParameters,
        };
    }

    private static DataResult Data(Preparation run) =>
        new(
            run.Corpus.Train.Length + run.Corpus.Validation.Length + run.Corpus.Test.Length,
            run.Corpus.NearDuplicatesRemoved,
            run.Corpus.Train.Length,
            run.Corpus.Validation.Length,
            run.Corpus.Test.Length,
            run.Corpus.Labels,
            run.DataHash
        );

    private static ClientResult[] Clients(Preparation run, IReadOnlyList<double>? perClient)
    {
        var counts = run.Partition.Counts(run.Labels, run.Corpus.Labels.Length);
        return
        [
            .. run.Partition.Shards.Select(
                (shard, i) =>
                    Client(
                        run.Profiles.Single(p => p.Client == shard.Client),
                        [.. counts[i]],
                        perClient is { } all && double.IsFinite(all[i]) ? all[i] : null
                    )
            ),
        ];
    }

    private static ClientResult Client(ClientProfile p, int[] counts, double? accuracy) =>
        new(
            p.Client.Value,
            counts.Sum(),
            counts,
            Partition.EffectiveClasses(counts),
            p.Budget,
            p.Speed,
            p.DownloadRate,
            p.UploadRate,
            p.Availability,
            accuracy
        );

    private static RoundResult Round(RoundSummary s, double wallSeconds, Func<Evaluation, double> metric)
    {
        var bytes = new BytesResult(
            s.Up.Total,
            s.Down.Total,
            s.Up.Payload,
            s.Down.Payload,
            s.Up.Head,
            s.Down.Head,
            s.Up.Meta,
            s.Down.Meta,
            s.Up.Retries + s.Down.Retries
        );
        return new(
            s.Round.Number,
            [.. s.Contributors.Select(c => c.Client.Value)],
            [.. s.Late.Select(c => c.Value)],
            [.. s.Refused.Select(r => new RefusedResult(r.Client.Value, Kebab(r.Why.ToString())))],
            [.. s.Absent.Select(c => c.Value)],
            s.TrainLoss,
            bytes.Up,
            bytes.Down,
            bytes,
            wallSeconds,
            s.Seconds,
            s.Evaluation is { } e ? metric(e) : null,
            s.Evaluation?.Loss
        );
    }

    private static SortedDictionary<string, string> Versions(RunSettings settings)
    {
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["actorfed"] = typeof(ResultAssembly)
                .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
                .InformationalVersion,
            ["dotnet"] = RuntimeInformation.FrameworkDescription,
            ["libtorch"] = torch.__version__,
            ["os"] = RuntimeInformation.OSDescription,
            ["processor"] = $"{Environment.ProcessorCount} × {RuntimeInformation.ProcessArchitecture}",
            ["sqlite"] = Sqlite.Version,
        };
        if (Blas.Kernels is { Length: > 0 } kernels)
        {
            versions["blas"] = $"OpenBLAS {kernels}";
        }

        if (settings.Methods.All.Single(m => m.Name == settings.Method).Origin is { } own)
        {
            versions["method"] = own;
        }

        return versions;
    }

    // NotFinite -> not-finite
    private static string Kebab(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : $"{c}"));
}
