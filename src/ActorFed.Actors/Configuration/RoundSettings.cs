using ActorFed.Actors.Rounds;
using Akka.Configuration;

namespace ActorFed.Actors.Configuration;

/// <summary>Reads <see cref="RoundOptions"/> from the sections actorfed.round and actorfed.evaluate.</summary>
public static class RoundSettings
{
    /// <summary>The options as reference.conf documents them.</summary>
    /// <param name="hocon">The whole configuration.</param>
    /// <param name="clients">Clients that the run has.</param>
    /// <exception cref="InvalidSettingsException">Names every bad setting at once: path, value found, rule.</exception>
    public static RoundOptions Load(Config hocon, int clients)
    {
        var root = new SettingsReader(hocon, "actorfed");
        var (round, evaluate) = (root.Section("round"), root.Section("evaluate"));
        var options = Load(round, evaluate.Whole("every", min: 0, max: 1_000_000), clients);
        root.Keys(); // what else stands there has other readers
        evaluate.Keys();
        return root.Finish(options);
    }

    private static RoundOptions Load(SettingsReader round, int evaluateEvery, int clients)
    {
        var options = new RoundOptions(
            round.Whole("per-round", min: 1, max: 10_000),
            round.Number("reserve", min: 0, max: 10),
            0,
            round.Duration("deadline", min: TimeSpan.FromSeconds(1), max: TimeSpan.FromDays(7)),
            round.Duration("answer-within", min: TimeSpan.FromMilliseconds(1), max: TimeSpan.FromDays(7)),
            round.Whole("attempts", min: 1, max: 1_000),
            evaluateEvery,
            round.Duration("resend-after", min: TimeSpan.FromMilliseconds(100), max: TimeSpan.FromHours(1))
        );
        // After per-round: a smaller cohort has a smaller majority, and nobody has to say so.
        options = options with
        {
            Quorum = round.WholeOr("quorum", 1, 10_000, "majority", (options.PerRound / 2) + 1),
        };
        round.Rule("per-round", options.PerRound <= clients, $"exceeds the run's clients ({clients})");
        round.Rule("quorum", options.Quorum <= options.PerRound, $"exceeds per-round ({options.PerRound})");
        round.Rule(
            "answer-within",
            options.AnswerWithin <= options.Deadline,
            $"exceeds deadline ({UnitParser.Show(options.Deadline)})"
        );
        return options;
    }
}
