using System.Collections.Immutable;
using System.Text.Json;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Rounds;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ActorFed.Host.Runs;

/// <summary>A commit as rows, and rows as a commit. Floating-point values come back with the bits that went in.</summary>
internal static class JournalRows
{
    private const string InsertRound = """
        INSERT INTO rounds VALUES (@Round, @Attempt, @Global, @Memory, @TrainLoss, @Seconds, @Wall,
            @DownPayload, @DownHead, @DownMeta, @DownRetries, @UpPayload, @UpHead, @UpMeta, @UpRetries, @Evaluation)
        """;
    private const string InsertContributor =
        "INSERT INTO contributors VALUES (@Round, @Client, @Blob, @Examples, @Steps, @TrainLoss, @Arrived, @Metrics, @KeptState)";
    private const string InsertOther = "INSERT INTO others VALUES (@Round, @Client, @Stage, @Why)";

    public static void Write(SqliteConnection connection, SqliteTransaction transaction, RoundCommit commit, double wallSeconds)
    {
        var s = commit.Summary;
        connection.Execute(InsertRound, Row(commit, wallSeconds), transaction);
        connection.Execute(InsertContributor, s.Contributors.Select(c => Row(s.Round, c)).ToArray(), transaction);
        var others = s
            .Refused.Select(r => Row(s.Round, r.Client, "refused", (int)r.Why))
            .Concat(s.Absent.Select(c => Row(s.Round, c, "absent", null)))
            .Concat(s.Late.Select(c => Row(s.Round, c, "late", null)));
        connection.Execute(InsertOther, others.ToArray(), transaction);
    }

    public static ImmutableArray<RoundCommit> Read(SqliteConnection connection)
    {
        var contributors = connection
            .Query<ContributorRow>("SELECT * FROM contributors ORDER BY round, client")
            .ToLookup(c => c.round);
        var others = connection.Query<OtherRow>("SELECT * FROM others ORDER BY round, client").ToLookup(o => o.round);
        return
        [
            .. connection
                .Query<RoundRow>("SELECT * FROM rounds ORDER BY round")
                .Select(r => Commit(r, [.. contributors[r.round]], [.. others[r.round]])),
        ];
    }

    public static string? Text(Evaluation? evaluation) => evaluation is null ? null : JsonSerializer.Serialize(evaluation);

    public static Evaluation? Evaluation(string? text) => text is null ? null : JsonSerializer.Deserialize<Evaluation>(text);

    private static object Row(RoundCommit commit, double wallSeconds) =>
        new
        {
            Round = commit.Round.Number,
            commit.Attempt,
            Global = commit.Global.Hex,
            Memory = commit.Memory.Hex,
            // SQLite has no NaN: it would become NULL.
            TrainLoss = double.IsNaN(commit.Summary.TrainLoss) ? double.PositiveInfinity : commit.Summary.TrainLoss,
            commit.Summary.Seconds,
            Wall = wallSeconds,
            DownPayload = commit.Summary.Down.Payload,
            DownHead = commit.Summary.Down.Head,
            DownMeta = commit.Summary.Down.Meta,
            DownRetries = commit.Summary.Down.Retries,
            UpPayload = commit.Summary.Up.Payload,
            UpHead = commit.Summary.Up.Head,
            UpMeta = commit.Summary.Up.Meta,
            UpRetries = commit.Summary.Up.Retries,
            Evaluation = Text(commit.Summary.Evaluation),
        };

    private static object Row(RoundId round, Contributor c) =>
        new
        {
            Round = round.Number,
            Client = c.Client.Value,
            Blob = c.Update.Hex,
            c.Examples,
            c.Steps,
            c.TrainLoss,
            Arrived = c.Arrived.Ticks,
            Metrics = JsonSerializer.Serialize(c.Metrics),
            KeptState = c.KeptState ? 1 : 0,
        };

    private static object Row(RoundId round, ClientId client, string stage, int? why) =>
        new
        {
            Round = round.Number,
            Client = client.Value,
            Stage = stage,
            Why = why,
        };

    private static RoundCommit Commit(RoundRow r, ContributorRow[] contributors, OtherRow[] others)
    {
        var summary = new RoundSummary(
            new((int)r.round),
            (int)r.attempt,
            [.. contributors.Select(Contributor)],
            [.. Of("refused").Select(o => new RefusedClient(new(o.client), (Refusal)o.why!.Value))],
            [.. Of("absent").Select(o => new ClientId(o.client))],
            [.. Of("late").Select(o => new ClientId(o.client))],
            r.train_loss,
            new(r.down_payload, r.down_head, r.down_meta, r.down_retries),
            new(r.up_payload, r.up_head, r.up_meta, r.up_retries),
            r.simulated_seconds,
            Evaluation(r.evaluation)
        );
        return new(summary, new(r.global), new(r.memory));

        IEnumerable<OtherRow> Of(string stage) => others.Where(o => o.stage == stage);
    }

    private static Contributor Contributor(ContributorRow c) =>
        new(
            new(c.client),
            new(c.blob),
            c.examples,
            (int)c.steps,
            c.train_loss,
            TimeSpan.FromTicks(c.arrived_ticks),
            JsonSerializer
                .Deserialize<Dictionary<string, double>>(c.metrics)!
                .ToImmutableSortedDictionary(StringComparer.Ordinal),
            c.kept_state != 0
        );

    // Members carry the columns' names: Dapper matches by them.
    private sealed record RoundRow(
        long round,
        long attempt,
        string global,
        string memory,
        double train_loss,
        double simulated_seconds,
        double wall_seconds,
        long down_payload,
        long down_head,
        long down_meta,
        long down_retries,
        long up_payload,
        long up_head,
        long up_meta,
        long up_retries,
        string? evaluation
    );

    private sealed record ContributorRow(
        long round,
        string client,
        string blob,
        long examples,
        long steps,
        double train_loss,
        long arrived_ticks,
        string metrics,
        long kept_state
    );

    private sealed record OtherRow(long round, string client, string stage, long? why);
}
