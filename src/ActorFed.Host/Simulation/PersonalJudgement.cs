using ActorFed.Actors.Clients;
using ActorFed.Actors.Runs;
using ActorFed.Host.Results;
using ActorFed.Training.Methods;
using ActorFed.Training.Partitioning;

namespace ActorFed.Host.Simulation;

/// <summary>Judges, at the end of a run, the models that each client could use on documents of its own that nobody trained on.</summary>
/// <remarks>In this process: the clients' personal states are read from the run's folder, from the trainings that counted last.</remarks>
internal static class PersonalJudgement
{
    /// <summary>The result with what every client's own part says; the result itself where nothing was held out.</summary>
    /// <param name="result">With its final figures.</param>
    /// <param name="run">Who has what.</param>
    /// <param name="outcome">The run's end.</param>
    /// <param name="store">The clients' personal states.</param>
    /// <param name="localOnly">Own model of a run of local-only, by client; see <see cref="LocalOnlyRun"/>.</param>
    public static RunResult Add(
        RunResult result,
        Preparation run,
        RunOutcome outcome,
        IPersonalStore store,
        IReadOnlyDictionary<string, double> localOnly
    )
    {
        var counted = CountedState.After(outcome.Commits);
        var judged = run
            .Splits.Where(s => !s.Value.Test.IsEmpty)
            .ToDictionary(
                s => s.Key.Value,
                s =>
                    Client(
                        run,
                        new(s.Key, outcome.State.Global, Kept(store, counted.GetValueOrDefault(s.Key)), FewShot(run, s.Value)),
                        s.Value
                    ),
                StringComparer.Ordinal
            );
        var counts = judged.Where(c => c.Value.Classes > 1 || run.Settings.Training.Flag(PersonalSplit.OneClass)).ToDictionary();
        if (result.Final is not { } final || counts.Count == 0)
        {
            return result;
        }

        return result with
        {
            Clients = [.. result.Clients.Select(c => c with { Personal = judged.GetValueOrDefault(c.Client) })],
            Final = final with { Personal = PersonalSummary.Of(counts, localOnly) },
        };
    }

    private static PersonalClient Client(Preparation run, ClientEnd end, PersonalSplit split)
    {
        var judge = run.JudgeOn(split.Test);
        var metric = Judgement.Metric(run.Settings.Metric);
        var scores = run.Method.Finish(end).Select(m => Score(m, judge.Evaluate(m.Tensors, run.Settings.Workers), metric));
        var classes = split.Test.Select(d => run.Corpus.Train[d].Label).Distinct().Count();
        return new(split.Test.Length, split.FewShot.Length, classes, [.. scores]);
    }

    private static PersonalScore Score(
        ClientModel model,
        Training.Federation.Evaluation figures,
        Func<Training.Federation.Evaluation, double> metric
    ) => new(model.Name, metric(figures), figures.Loss, model.Metrics);

    private static Func<Training.Encoding.TensorSet, double>? FewShot(Preparation run, PersonalSplit split)
    {
        if (split.FewShot.IsEmpty)
        {
            return null;
        }

        var judge = run.JudgeOn(split.FewShot);
        return tensors => judge.Evaluate(tensors, run.Settings.Workers).Loss;
    }

    private static Training.Encoding.TensorSet? Kept(IPersonalStore store, PersonalKey key) =>
        key == default ? null : store.Load(key) ?? throw new PersonalStateLostException(key);
}
