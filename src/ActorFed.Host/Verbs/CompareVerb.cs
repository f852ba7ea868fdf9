using System.CommandLine;
using System.CommandLine.Parsing;
using ActorFed.Host.Comparison;

namespace ActorFed.Host.Verbs;

/// <summary><c>compare</c>: methods on the same data, clients and batches, and the table of it.</summary>
internal static class CompareVerb
{
    // Options whose values are folders of the user's machine.
    private static readonly string[] Private = ["--out", "--data-root", "--config", "--plans", "--gate-result"];

    public static Command Create(World world)
    {
        var common = new RunOptions("--method", "--seed", "--partition", "--budgets");
        var methods = new Option<string>("--methods")
        {
            Description = "Methods, separated by commas.",
            DefaultValueFactory = _ => "",
        };
        var variants = Several(
            "--variant",
            "One more row, a method with settings of its own: NAME=METHOD;path=value;path=value."
        );
        var seeds = new Option<string>("--seeds")
        {
            Description = "Seeds of the table: 1,2,3 or 1-3.",
            DefaultValueFactory = _ => "1-3",
        };
        var searchSeeds = new Option<string>("--search-seed")
        {
            Description = "Seeds of the search, none of them one of the table.",
            DefaultValueFactory = _ => "101",
        };
        var search = Several(
            "--search",
            "Values to choose from on the validation part: path=value,value, or ROW:path=value,value for one row."
        );
        var partitions = Text("--partitions", "Partitions, separated by commas: a table for each.", "--partition");
        var budgets = Text("--budgets", "Distributions of budgets, separated by commas: a table for each.");
        var baseline = Text("--baseline", "The row that the others are compared with; without it the first.");
        var target = new Option<double?>("--target") { Description = "Validation metric that rounds are counted to, 0 to 1." };
        var output = new Option<string>("--out")
        {
            Description = "The comparison's folder; finished cells in it are not run again.",
            Required = true,
        };
        var plans = Text(
            "--plans",
            "Folder plans/ of another comparison, whose partitions and cohorts are taken instead of drawn ones."
        );
        var predictions = new Option<bool>("--predictions")
        {
            Description = "Write what each final model says of each test document.",
        };
        var plan = new Option<bool>("--plan") { Description = "List the cells with their estimated cost, train nothing." };
        var gate = new Option<bool>("--gate")
        {
            Description =
                "Ask instead whether the data set leaves adapters room: one client with all documents, judged by the validation part.",
        };
        var gateResult = Text("--gate-result", "gate.json of such a gate: its verdict stands beside the tables.");
        var gateRanks = new Option<string>("--gate-ranks")
        {
            Description = "The low and the high rank of the gate.",
            DefaultValueFactory = _ => "1,16",
        };
        var retry = new Option<bool>("--retry") { Description = "Run cells that failed before once more." };
        var json = new Option<bool>("--json") { Description = "Print compare.json on stdout, and nothing else there." };
        var verb = new Command("compare", "Compares methods on the same data, clients and batches.")
        {
            methods,
            variants,
            seeds,
            searchSeeds,
            search,
            partitions,
            budgets,
            baseline,
            target,
            output,
            plans,
            predictions,
            plan,
            gate,
            gateRanks,
            gateResult,
            retry,
            json,
        };
        common.AddTo(verb);
        verb.SetAction(async parsed =>
        {
            var request = new CompareRequest(
                common.Read(parsed),
                parsed.GetValue(methods)!,
                parsed.GetValue(seeds)!,
                parsed.GetRequiredValue(output)
            )
            {
                Variants = parsed.GetValue(variants) ?? [],
                SearchSeeds = parsed.GetValue(searchSeeds)!,
                Search = parsed.GetValue(search) ?? [],
                Partitions = parsed.GetValue(partitions),
                Budgets = parsed.GetValue(budgets),
                Baseline = parsed.GetValue(baseline),
                Target = parsed.GetValue(target),
                Plans = parsed.GetValue(plans),
                Predictions = parsed.GetValue(predictions),
                IsGate = parsed.GetValue(gate),
                GateRanks = parsed.GetValue(gateRanks)!,
                GateFile = parsed.GetValue(gateResult),
                PlanOnly = parsed.GetValue(plan),
                Retry = parsed.GetValue(retry),
                Json = parsed.GetValue(json),
                Command = Written(parsed),
            };
            return (int)await ComparisonRun.ExecuteAsync(request, world);
        });
        return verb;
    }

    private static Option<string?> Text(string name, string says, params string[] aliases) =>
        new(name, aliases) { Description = says };

    private static Option<string[]> Several(string name, string says) =>
        new(name) { Description = $"{says} May be repeated.", Arity = ArgumentArity.ZeroOrMore };

    // The command as a reader can repeat it: what is named by a folder of this machine is named by its option.
    private static string Written(ParseResult parsed)
    {
        var words = new List<string> { "./actorfed" };
        var isPrivate = false;
        foreach (var word in parsed.Tokens.Select(t => t.Value))
        {
            words.Add(isPrivate ? "..." : Quoted(word));
            isPrivate = Private.Contains(word);
        }

        return string.Join(' ', words);
    }

    private static string Quoted(string word) => word.AsSpan().ContainsAny(" ;*{}()") ? $"'{word}'" : word;
}
