using System.Collections.Immutable;
using ActorFed.Host.Security;
using ActorFed.Training.Data.Named;
using ActorFed.Training.Methods;
using ActorFed.Training.Profiles;
using ActorFed.Training.Settings;
using Akka.Configuration;

namespace ActorFed.Host.Settings;

/// <summary>The keys that no lower floor declares: what is run, on what data, by whom, and what is kept.</summary>
internal static class HostKeys
{
    /// <summary>The name of the data set that <c>actorfed.data.train</c> describes.</summary>
    public const string Table = "table";

    private const string Spreads = "fixed(VALUE), uniform(LEAST, MOST) or log-normal(MEDIAN, SIGMA)";

    public static ImmutableArray<SettingKey> All(MethodSet methods) =>
        [
            .. Run(methods),
            .. Methods(),
            .. Data(),
            .. Partition(),
            .. Profiles(),
            .. Round(),
            .. Rest(),
            .. Server(),
            .. Node(),
            .. Transfer(),
            .. SecurityKeys.All(),
        ];

    private static IEnumerable<SettingKey> Methods() =>
        [
            SettingKey.Text(
                "methods.assemblies",
                "",
                "Files of assemblies with methods of your own, separated by blanks; docs/add-a-method.md."
            ),
            SettingKey.Text(
                "methods.sha256",
                "",
                "Hash of these files, filled in by the program: a run is resumed only with the methods that it began with."
            ),
        ];

    private static IEnumerable<SettingKey> Run(MethodSet methods) =>
        [
            SettingKey.Of(SettingSpec.Choice("run.method", [.. methods.Names], "Federated method.")),
            SettingKey.Of(SettingSpec.Whole("run.rounds", 20, 1, 1_000_000, "rounds", "Rounds of the run.")),
            SettingKey.Long("run.seed", 1, 0, 9_007_199_254_740_992, "Source of all chance: same seed, same bits."),
            SettingKey.Of(
                SettingSpec.Choice(
                    "model.name",
                    ["use-lite", "tiny"],
                    "Frozen base model; tiny has random weights and is for tests."
                )
            ),
        ];

    private static IEnumerable<SettingKey> Data()
    {
        string[] names = [.. NamedDatasets.Names, Table];
        return
        [
            SettingKey.Of(
                SettingSpec.Choice(
                    "data.dataset",
                    [.. names.OrderBy(n => n != "spam-assassin-groups").ThenBy(n => n, StringComparer.Ordinal)],
                    "Data set by name; table reads the files of data.train and data.test."
                )
            ),
            SettingKey.Text("data.root", "", "Folder of the data sets that set-up does not bring, one folder each."),
            SettingKey.Text("data.train", "", "For table: file of training documents (jsonl, csv, tsv, each also .gz)."),
            SettingKey.Text("data.test", "", "For table: file of test documents; empty: a share of each class of data.train."),
            SettingKey.Of(SettingSpec.Texts("data.text", "text", "For table: columns of the text, joined by line ends.")),
            SettingKey.Text("data.label", "label", "For table: column of the label."),
            SettingKey.Text("data.id", "", "For table: column of the id; empty: file and line."),
            SettingKey.Text("data.fields", "", "For table: columns kept for a natural partition, separated by blanks."),
            SettingKey.Of(
                SettingSpec.Number("data.validation", 0.1, 0, 0.5, "share", "Training documents set aside by hash of their id.")
            ),
            SettingKey.Of(
                SettingSpec.Number(
                    "data.test-share",
                    0.2,
                    0.05,
                    0.5,
                    "share",
                    "Of each class, where a data set brings no test part."
                )
            ),
            SettingKey.Of(
                SettingSpec.Number(
                    "data.near-duplicate",
                    0.8,
                    0.5,
                    1,
                    "Jaccard",
                    "Mails this similar in word 3-grams count as one."
                )
            ),
        ];
    }

    private static IEnumerable<SettingKey> Partition() =>
        [
            SettingKey.Of(
                SettingSpec.Choice(
                    "partition.scheme",
                    ["dirichlet", "iid", "natural", "quantity", "shards"],
                    "How the clients share the training documents."
                )
            ),
            SettingKey.Of(
                SettingSpec.Whole("partition.clients", 20, 0, 100_000, "clients", "Clients; 0 for natural: one client a value.")
            ),
            SettingKey.Of(
                SettingSpec.Number("partition.alpha", 0.5, 0.001, 1_000_000, "", "For dirichlet and quantity: small is unequal.")
            ),
            SettingKey.Text("partition.field", "", "For natural: the field that groups documents, or label."),
            SettingKey.Of(
                SettingSpec.Whole("partition.pieces-per-client", 2, 1, 100, "pieces", "For shards: pieces of one class each.")
            ),
            SettingKey.Of(
                SettingSpec.Whole("partition.min-shard", 32, 1, 1_000_000, "documents", "Fewest documents of a client.")
            ),
            SettingKey.Of(
                SettingSpec.Whole(
                    "partition.max-redraws",
                    100,
                    0,
                    10_000,
                    "draws",
                    "Draws until every client has enough; then refused."
                )
            ),
            SettingKey.Text("partition.plan", "", "A plan.json whose partition and cohorts are taken instead of drawn ones."),
            SettingKey.Of(
                SettingSpec.Choice(
                    "partition.cohorts",
                    ["uniform", "by-size", "by-availability", "cyclic"],
                    "Who is invited to a round: all clients equally likely, by documents, by availability, or in turn."
                )
            ),
        ];

    private static IEnumerable<SettingKey> Profiles() =>
        [
            SettingKey.Parsed(
                "profiles.budgets",
                "uniform",
                "one of bell-shaped, uniform, right-skewed, fixed, or fixed(BUDGET)",
                "Share of the full adapter that each client can train.",
                BudgetDistribution.Parse
            ),
            SettingKey.Parsed("profiles.speed", "log-normal(50, 0.5)", Spreads, "Training documents a second.", Spread.Parse),
            SettingKey.Parsed(
                "profiles.download",
                "log-normal(2500000, 0.7)",
                Spreads,
                "Bytes a second to the client.",
                Spread.Parse
            ),
            SettingKey.Parsed(
                "profiles.upload",
                "log-normal(600000, 0.7)",
                Spreads,
                "Bytes a second from the client.",
                Spread.Parse
            ),
            SettingKey.Parsed(
                "profiles.availability",
                "uniform(0.85, 1)",
                Spreads + ", at most 1",
                "Probability that a client answers an invitation.",
                Spread.Parse
            ),
        ];

    // RoundSettings of the floor below reads and checks these; a test holds the words here against its errors.
    private static IEnumerable<SettingKey> Round() =>
        [
            SettingKey.Documented("round.per-round", "5", "a whole number from 1 to 10000", "Updates that a round takes."),
            SettingKey.Documented(
                "round.reserve",
                "0.2",
                "a number from 0 to 10",
                "Share invited beyond per-round, against stragglers."
            ),
            SettingKey.Documented(
                "round.quorum",
                "majority",
                "a whole number from 1 to 10000 or majority",
                "Fewest updates that make a round valid; at most per-round, more than half of it by default."
            ),
            SettingKey.Documented(
                "round.deadline",
                "10 m",
                "a duration from 1 s to 7 d",
                "From invitation to close; simulated time in a simulation."
            ),
            SettingKey.Documented(
                "round.answer-within",
                "5 s",
                "a duration from 1 ms to 7 d",
                "A client that has not answered its invitation by then is absent; at most the deadline."
            ),
            SettingKey.Documented(
                "round.attempts",
                "10",
                "a whole number from 1 to 1000",
                "Cohorts that are tried for a round before the run fails."
            ),
            SettingKey.Documented(
                "round.resend-after",
                "30 s",
                "a duration from 100 ms to 1 h",
                "An update that is not answered is sent again after this long."
            ),
        ];

    private static IEnumerable<SettingKey> Server() =>
        [
            SettingKey.Of(
                SettingSpec.Whole(
                    "server.standbys",
                    0,
                    0,
                    8,
                    "servers",
                    "For serve: standby servers that must have everything before the run begins; 0 for one server alone."
                )
            ),
            SettingKey.Parsed(
                "server.rejoin-within",
                "5 m",
                "a duration from 1 s to 1 d",
                "For serve: so long after the last node came back a run that was interrupted goes on without the clients of the others.",
                text => Patience(text)
            ),
        ];

    private static IEnumerable<SettingKey> Node() =>
        [
            SettingKey.Text("node.name", "", "For join: the node's name, unique in the run; empty: the machine's name."),
            SettingKey.Parsed(
                "node.clients",
                "all",
                NodeClients.Rule,
                "For join: the clients that live on this node, by their places in client order or as a share of all.",
                text => NodeClients.Parse(text)
            ),
            SettingKey.Parsed(
                ComputeDevice.Key,
                "cpu",
                ComputeDevice.Rule,
                "Where this process trains and judges, for simulate and compare too. Bits are those of one kind of device.",
                text => ComputeDevice.Parse(text)
            ),
            SettingKey.Parsed(
                "node.patience",
                "10 m",
                "a duration from 1 s to 1 d",
                "For join: a server that cannot be reached for so long is given up.",
                text => Patience(text)
            ),
        ];

    private static TimeSpan Patience(string text) =>
        ConfigurationFactory.ParseString($"x = {SettingTree.Quote(text)}").GetTimeSpan("x", TimeSpan.Zero) is var time
        && time >= TimeSpan.FromSeconds(1)
        && time <= TimeSpan.FromDays(1)
            ? time
            : throw new FormatException($"{text} is no time of 1 s to 1 d.");

    // TransferSettings of the floor below reads and checks these; a test holds the words here against its errors.
    private static IEnumerable<SettingKey> Transfer() =>
        [
            SettingKey.Documented(
                "transfer.credit",
                "2560 KiB",
                "a size from 81920 B to 1073741824 B",
                "Bytes of tensors that may be on their way to this process at a time: what a heartbeat may have to wait behind."
            ),
            SettingKey.Documented(
                "transfer.per-blob",
                "960 KiB",
                "a size from 81920 B to 5242880 B",
                "Of which for one set of tensors."
            ),
            SettingKey.Documented(
                "transfer.at-once",
                "8",
                "a whole number from 1 to 1000",
                "Sets of tensors that are fetched at a time."
            ),
            SettingKey.Documented(
                "transfer.retry-after",
                "5 s",
                "a duration from 100 ms to 10 m",
                "What has not come by then is asked for again; each time twice as late, up to 8 times."
            ),
            SettingKey.Documented(
                "transfer.give-up-after",
                "2 m",
                "a duration from 1 s to 1 d",
                "A set of which nothing came for so long is given up; longer than retry-after."
            ),
            SettingKey.Documented("transfer.largest", "1 GiB", "a size from 1 B to 2147483647 B", "Larger ones are refused."),
            SettingKey.Documented(
                "transfer.keep",
                "256 MiB",
                "a size from 0 B to 1099511627776 B",
                "Sets that were fetched stay here, up to so many bytes: another client that needs one has it at once."
            ),
            SettingKey.Documented(
                "transfer.packed",
                "true",
                "one of true, false, on, off, yes, no",
                "Sets from other machines come packed, without a loss: a sixth to a fifth fewer bytes, for work on both sides."
            ),
            SettingKey.Documented(
                "transfer.on-disk-from",
                "8 MiB",
                "a size from 0 B to 1073741824 B",
                "A node keeps a set of so many bytes as a file while it comes, and goes on with it when it is started again; smaller ones in memory."
            ),
        ];

    private static IEnumerable<SettingKey> Rest() =>
        [
            SettingKey.Of(
                SettingSpec.Choice(
                    "evaluate.metric",
                    ["auto", "accuracy", "balanced-accuracy", "macro-f1"],
                    "What a run is judged by; auto is balanced-accuracy for mail, else accuracy."
                )
            ),
            SettingKey.Documented(
                "evaluate.every",
                "4",
                "a whole number from 0 to 1000000",
                "Rounds between two validations; 0 for none but the last."
            ),
            SettingKey.Of(
                SettingSpec.Whole(
                    "evaluate.sample",
                    150,
                    0,
                    1_000_000,
                    "documents",
                    "Validation documents judged after a round, drawn evenly by class; 0 for all."
                )
            ),
            SettingKey.Of(
                SettingSpec.Whole(
                    "evaluate.last-rounds",
                    1,
                    1,
                    100,
                    "models",
                    "Last global models judged on the whole test part at the end; comparisons report the mean over 10."
                )
            ),
            SettingKey.Text(
                "evaluate.local-only",
                "",
                "The folder of a run of local-only with the same data, seed and personal.*: gains by client are measured against it."
            ),
            SettingKey.Of(
                SettingSpec.Whole("simulate.workers", 0, 0, 256, "threads", "Clients trained at a time; 0: one for each core.")
            ),
            SettingKey.Of(
                SettingSpec.Whole("output.keep", 1, 1, 1_000, "rounds", "Checkpoints kept; those to be judged are kept too.")
            ),
            SettingKey.Of(SettingSpec.Flag("output.report", true, "Write report.html.")),
        ];
}
