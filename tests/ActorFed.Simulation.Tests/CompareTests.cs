using ActorFed.Host;
using ActorFed.Host.Comparison;
using ActorFed.Host.Results;
using ActorFed.Host.Runs;

namespace ActorFed.Simulation.Tests;

public sealed class CompareTests : IDisposable
{
    private static readonly string[] Searched = ["--search", "head.rate=0.1,0.3", "--search", "train.rate=0.003,0.01"];
    private readonly TinyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_table_has_every_method_and_seed_and_what_was_searched_for_it()
    {
        var (result, error) = await CompareAsync("c", "head-ridge,head-only,fedit", [.. Searched, "--target", "0.2"]);

        Assert.True(result.Completed);
        Assert.Equal("head-ridge", result.Baseline);
        var rows = Assert.Single(result.Tables).Rows;
        Assert.Equal(["head-ridge", "head-only", "fedit"], rows.Select(r => r.Row));
        Assert.All(rows, r => Assert.Equal([1L, 2L], r.Runs.Select(s => s.Seed)));
        Assert.Empty(rows[0].Found); // the closed form reads no rate
        Assert.Equal(["actorfed.head.rate"], rows[1].Found.Keys); // without an adapter there is no rate of one
        Assert.Equal(["actorfed.head.rate", "actorfed.train.rate"], rows[2].Found.Keys.Order());
        Assert.Equal(rows[2].Found.Keys.Order(), rows[2].Edges.Order()); // two values: each is an end
        Assert.Equal(2 + 4, result.Cells.Count(c => c.Kind == "search"));
        Assert.Equal(3 * 2, result.Cells.Count(c => c.Kind == "test"));
        Assert.All(result.Cells, c => Assert.Equal("done", c.State));
        Assert.Equal(rows[1].Last!.Value - rows[0].Last!.Value, rows[1].LastDifference!.Mean, 1e-12);
        Assert.Equal(new TargetResult(rows[0].ToTarget!.Mean, 2, 2), rows[0].ToTarget);
        Assert.Equal(1, rows[1].SameContributors is null ? 1 : 0); // the closed form has one round, the other four
        Assert.Equal(1, error.Split("loading tiny").Length - 1);
        Assert.Equal(1, error.Split("(test)").Length - 1);
        Assert.Contains("cell 12 of 12: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_leaves_its_files_and_prints_the_same_object()
    {
        var (code, output, error) = await RunAsync("c", "head-ridge,head-only", "--json", "--partitions", "iid,dirichlet:2");

        Assert.True(code == 0, error);
        Assert.Equal(output, await File.ReadAllTextAsync(_world.In("c/compare.json")));
        var result = ResultJson.Parse<CompareResult>(output);
        Assert.Equal(["iid", "dirichlet:2"], result.Tables.Select(t => t.Condition));
        var rounds = await File.ReadAllLinesAsync(_world.In("c/rounds.csv"));
        Assert.Equal(1 + (2 * 2 * (1 + 4)), rounds.Length);
        Assert.All(rounds, r => Assert.Equal(rounds[0].Split(',').Length, r.Split(',').Length));
        var clients = await File.ReadAllLinesAsync(_world.In("c/clients.csv"));
        Assert.Equal("condition,method,seed,client,name,value", clients[0]);
        Assert.Equal(2 * 2 * 2 * 6, clients.Count(c => c.Contains(",accuracy,", StringComparison.Ordinal)));
        var markdown = await File.ReadAllTextAsync(_world.In("c/compare.md"));
        Assert.Contains("## Test part, dirichlet:2", markdown, StringComparison.Ordinal);
        Assert.Contains("| adapter up | adapter down | head | metadata | retries |", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain(_world.Folder, markdown, StringComparison.Ordinal);
        Assert.All(
            Directory.GetFiles(_world.In("c/cells")),
            c => Assert.DoesNotContain("actorfed.data.root", File.ReadAllText(c), StringComparison.Ordinal)
        );
        Assert.Empty(Directory.GetFileSystemEntries(_world.In("c/running")));

        File.Delete(_world.In("c/report.html"));
        Assert.Equal(0, (await _world.RunAsync(["report", _world.In("c")])).Code);
        Assert.Contains("dirichlet:2", await File.ReadAllTextAsync(_world.In("c/report.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("head-ridge")]
    [InlineData("head-only")]
    [InlineData("fedit")]
    public async Task A_cell_has_the_bits_of_a_run_of_its_own(string method)
    {
        var (result, _) = await CompareAsync("c", $"head-only,head-ridge,fedit");

        var own = await _world.SimulateAsync(
            "own",
            "--method",
            method,
            "--seed",
            "2",
            "--set",
            "actorfed.evaluate.last-rounds=10"
        );

        var cell = result.Tables[0].Rows.Single(r => r.Row == method).Runs.Single(r => r.Seed == 2);
        Assert.Equal(own.AdapterSha256, cell.AdapterSha256); // embeddings kept for all cells, or made for one run
        Assert.Equal(own.Final!.LastRounds?.Value ?? own.Final.Value, cell.Last);
    }

    [Fact]
    public async Task Finished_cells_are_not_run_again()
    {
        var (first, _) = await CompareAsync("c", "head-only,fedit", Searched);
        var written = new List<string>();

        var code = await ExecuteAsync("c", "head-only,fedit", disk: new HookedDisk(written.Add), search: true);

        Assert.Equal(ExitCode.Done, code);
        Assert.DoesNotContain(
            written,
            p => p.Contains("cells", StringComparison.Ordinal) || p.Contains("running", StringComparison.Ordinal)
        );
        Assert.Equal(Hashes(first), Hashes(Read("c")));
    }

    [Fact]
    public async Task A_larger_grid_that_finds_the_same_runs_its_own_cells_and_no_other()
    {
        var (first, _) = await CompareAsync("c", "head-only", "--search", "head.rate=0.1,0.3");
        var (second, error) = await CompareAsync("c", "head-only", "--search", "head.rate=0.000001,0.1,0.3");

        Assert.Equal(first.Tables[0].Rows[0].Found, second.Tables[0].Rows[0].Found);
        Assert.Equal(Hashes(first), Hashes(second));
        Assert.Contains("head.rate 0.000001: validation", error, StringComparison.Ordinal);
        Assert.DoesNotContain(": test ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_cut_off_or_changed_is_named_and_its_cell_run_again()
    {
        var (first, _) = await CompareAsync("c", "head-only");
        var files = Directory.GetFiles(_world.In("c/cells"));
        await File.WriteAllTextAsync(files[0], (await File.ReadAllTextAsync(files[0]))[..200]); // fault: half a file
        var other = await File.ReadAllTextAsync(files[1]);
        await File.WriteAllTextAsync(files[1], other.Replace("\"seconds\": 0", "\"seconds\": 1", StringComparison.Ordinal)); // fault: another figure

        var (second, error) = await CompareAsync("c", "head-only");

        Assert.Contains($"{files[0]}: cannot be used", error, StringComparison.Ordinal);
        Assert.Contains($"{files[1]}: cannot be used", error, StringComparison.Ordinal);
        Assert.Equal(Hashes(first), Hashes(second));
    }

    [Fact]
    public async Task Cut_off_in_the_middle_of_a_cell_it_goes_on_there_and_ends_with_the_same_bits()
    {
        var (whole, _) = await CompareAsync("whole", "fedit");
        var cut = HookedDisk.AtCheckpoint(4, () => throw new InvalidOperationException("the process ends here")); // fault

        await Assert.ThrowsAnyAsync<Exception>(() => ExecuteAsync("c", "fedit", disk: cut));

        var work = Assert.Single(Directory.GetDirectories(_world.In("c/running")));
        using (var journal = new SqliteJournal(new(work), new AtomicDisk(), new Still(), 10))
        {
            Assert.InRange(journal.Commits.Count, 1, 3);
        }

        var checkpoints = 0;
        var code = await ExecuteAsync(
            "c",
            "fedit",
            disk: new HookedDisk(p => checkpoints += p.EndsWith(".safetensors", StringComparison.Ordinal) ? 1 : 0)
        );

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(Hashes(whole), Hashes(Read("c")));
        Assert.True(checkpoints < 2 * 4, $"{checkpoints} checkpoints were written: rounds that were done were done again.");
    }

    [Fact]
    public async Task Ctrl_C_leaves_a_table_of_what_is_done_and_the_same_command_goes_on()
    {
        var (whole, _) = await CompareAsync("whole", "head-only,fedit");
        using var interrupts = new Interrupts(_ => { });
        var count = 0;

        var code = await ExecuteAsync(
            "c",
            "head-only,fedit",
            disk: new HookedDisk(p =>
            {
                if (p.EndsWith(".safetensors", StringComparison.Ordinal) && ++count == 7)
                {
                    interrupts.Interrupt(); // fault: Ctrl-C in the second cell
                }
            }),
            interrupts: interrupts
        );

        Assert.Equal(ExitCode.Interrupted, code);
        Assert.False(Read("c").Completed);
        Assert.Contains(Read("c").Cells, c => c.State == "open");
        var (result, _) = await CompareAsync("c", "head-only,fedit");
        Assert.True(result.Completed);
        Assert.Equal(Hashes(whole), Hashes(result));
    }

    [Fact]
    public async Task A_second_comparison_in_the_same_folder_is_refused_and_the_first_goes_on()
    {
        (int Code, string Out, string Error)? second = null;

        var code = await ExecuteAsync(
            "c",
            "head-only,fedit",
            disk: new HookedDisk(p =>
            {
                if (second is null && p.EndsWith(".safetensors", StringComparison.Ordinal))
                {
                    second = (0, "", "");
                    second = RunAsync("c", "head-only,fedit").GetAwaiter().GetResult(); // fault: the same command in another shell
                }
            })
        );

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(ExitCode.BadSettings, (ExitCode)second!.Value.Code);
        Assert.Contains("another process is at work", second.Value.Error, StringComparison.Ordinal);
        Assert.True(Read("c").Completed);
        Assert.False(File.Exists(_world.In("c/.lock")));
    }

    [Fact]
    public async Task A_cell_that_fails_is_recorded_and_the_others_go_on()
    {
        var code = await ExecuteAsync("c", "head-only,fedit", device: d => new PoisonedAdapters(d)); // fault: NaN in every adapter

        Assert.Equal(ExitCode.RunFailed, code);
        var result = Read("c");
        Assert.True(result.Completed);
        Assert.All(result.Cells, c => Assert.Equal(c.Row == "fedit" ? "failed" : "done", c.State));
        Assert.All(result.Cells.Where(c => c.Row == "fedit"), c => Assert.Contains("quorum", c.Failed, StringComparison.Ordinal));
        Assert.Equal(2, result.Tables[0].Rows[0].Runs.Count);
        Assert.Null(result.Tables[0].Rows[1].Last);

        Assert.Equal(ExitCode.RunFailed, await ExecuteAsync("c", "head-only,fedit")); // it failed for good
        var (mended, _) = await CompareAsync("c", "head-only,fedit", "--retry");
        Assert.All(mended.Cells, c => Assert.Equal("done", c.State));
    }

    [Fact]
    public async Task A_search_never_reads_the_test_part()
    {
        // fault: no document of the test part can be read; a label that does not exist stops whoever tries
        var failed = await Assert.ThrowsAnyAsync<Exception>(() =>
            ExecuteAsync(
                "c",
                "head-only,fedit",
                search: true,
                corpus: honest => honest with { Test = [.. honest.Test.Select(d => d with { Label = 99 })] }
            )
        );

        Assert.IsType<ArgumentOutOfRangeException>(failed.GetBaseException()); // the first cell of the table
        var cells = Directory.GetFiles(_world.In("c/cells"));
        Assert.Equal(2 + 4, cells.Length); // and every cell of the search before it
        Assert.All(cells, f => Assert.Contains("\"kind\": \"search\"", File.ReadAllText(f), StringComparison.Ordinal));

        var written = new List<string>();
        Assert.Equal(ExitCode.Done, await ExecuteAsync("c", "head-only,fedit", disk: new HookedDisk(written.Add), search: true));
        Assert.Equal(2 * 2, written.Count(p => p.Contains("/cells/", StringComparison.Ordinal))); // with another test part its cells are the same
    }

    [Fact]
    public async Task Another_comparison_can_follow_the_plans_of_the_first()
    {
        var (first, _) = await CompareAsync("first", "head-only,fedit");
        Assert.Equal(
            ["seed-1.json", "seed-2.json"],
            Directory.GetFiles(_world.In("first/plans")).Select(Path.GetFileName).Order()
        );

        var (second, _) = await CompareAsync("second", "head-only,fedit", "--plans", _world.In("first/plans"));
        Assert.Equal(Hashes(first), Hashes(second));

        File.Delete(_world.In("first/plans/seed-2.json")); // fault
        var (code, _, error) = await RunAsync("third", "fedit", "--plans", _world.In("first/plans"));
        Assert.Equal(2, code);
        Assert.Contains("seed-2.json", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predictions_stand_by_document_and_agree_with_the_figure()
    {
        await CompareAsync("c", "head-only"); // without them at first: the cells have to be run again
        var (result, _) = await CompareAsync("c", "head-only", "--predictions");

        var cell = result.Cells.First(c => c.Seed == 2);
        var lines = (await File.ReadAllLinesAsync(_world.In($"c/predictions/{cell.Id}.csv")))
            .Skip(1)
            .Select(l => l.Split(','))
            .ToList();
        Assert.Equal(result.Tables[0].Rows[0].Runs[1].Final.N, lines.Count);
        Assert.Equal(lines.Count, lines.Select(l => l[3]).Distinct().Count());
        Assert.Equal(cell.Value!.Value, lines.Average(l => l[4] == l[5] ? 1.0 : 0), 1e-12);
    }

    [Fact]
    public async Task A_variant_is_a_row_with_settings_of_its_own()
    {
        var (result, _) = await CompareAsync("c", "fedit", "--variant", "wide=fedit;lora.rank=4", "--baseline", "wide");

        var (narrow, wide) = (result.Tables[0].Rows[0], result.Tables[0].Rows[1]);
        Assert.Equal(("wide", "fedit"), (wide.Row, wide.Method));
        Assert.True(wide.BytesUp > narrow.BytesUp);
        Assert.Null(wide.LastDifference);
        Assert.Equal(2, narrow.LastDifference!.N);
        Assert.Equal(1, narrow.SameContributors);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_and_nothing_is_trained()
    {
        var (code, output, error) = await RunAsync(
            "c",
            "fedit,nothing",
            "--search",
            "head.rat=1",
            "--search",
            "train.rate=0",
            "--search-seed",
            "2",
            "--baseline",
            "q",
            "--target",
            "3",
            "--set",
            "actorfed.lora.rank=0"
        );

        Assert.Equal((2, ""), (code, output));
        Assert.All(
            [
                "nothing",
                "did you mean actorfed.head.rate?",
                "train.rate=0",
                "--search-seed 2",
                "--baseline q",
                "--target 3",
                "lora.rank",
            ],
            says => Assert.Contains(says, error, StringComparison.Ordinal)
        );
        Assert.False(Directory.Exists(_world.In("c")));
    }

    [Theory]
    [InlineData("head-only", "train.rate=0.1,0.2", "no method of this comparison reads it")]
    [InlineData("local-only", "train.rate=0.1,0.2", "which local-only never changes")]
    [InlineData("fedit", "lora.targets=nothing.*", "names no linear map")]
    public async Task What_only_data_and_model_can_tell_is_said_before_anything_is_trained(
        string method,
        string search,
        string says
    )
    {
        var (code, _, error) = await RunAsync("c", method, "--search", search);

        Assert.Equal(2, code);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_world.In("c/cells")));
    }

    [Fact]
    public async Task The_gate_reads_no_test_document_and_its_verdict_stands_beside_a_table()
    {
        string[] gate =
        [
            "--gate",
            "--seeds",
            "1-3",
            "--search",
            "head.rate=0.1,0.3",
            "--json",
            "--rounds",
            "2",
            "--gate-ranks",
            "1,4",
        ];
        string[] common = ["compare", "--config", _world.In("tiny.conf")];

        var (code, output, error) = await _world.RunAsync([.. common, "--out", _world.In("g"), .. gate]);

        Assert.True(code == 0, error);
        Assert.DoesNotContain("(test)", error, StringComparison.Ordinal);
        var result = ResultJson.Parse<GateResult>(output);
        Assert.Equal((2 + 1 + (4 * 2)) * 3, result.Cells.Count); // heads, the ridge head, four adapters
        Assert.All(result.Cells, c => Assert.Equal(("search", "done"), (c.Kind, c.State)));
        Assert.Equal(["layers.*.attention.{q,v}", "layers.**"], result.Rows.Select(r => r.Targets));
        Assert.All(result.Rows, r => Assert.NotNull(r.Separates));
        Assert.Equal(result.Rows[0].Head, result.Rows[1].Head);
        Assert.NotEqual(result.Rows[0].High, result.Rows[1].High);
        Assert.InRange(result.Ridge!.Value, 0.01, 1);
        Assert.Contains(result.Rows[1].Verdict, await File.ReadAllTextAsync(_world.In("g/gate.md")), StringComparison.Ordinal);

        var (compared, _) = await CompareAsync("c", "head-only", "--gate-result", _world.In("g/gate.json"));
        Assert.Contains($"q,v: {result.Rows[0].Verdict}", compared.Gate, StringComparison.Ordinal);
        Assert.Contains("the ridge head alone has", compared.Gate, StringComparison.Ordinal);
        (compared, _) = await CompareAsync(
            "d",
            "head-only",
            "--gate-result",
            _world.In("g/gate.json"),
            "--set",
            "actorfed.lora.targets=*"
        );
        Assert.Contains("was not examined", compared.Gate, StringComparison.Ordinal);

        (code, _, error) = await RunAsync("e", "fedit", "--gate");
        Assert.Equal(2, code);
        Assert.Contains("leave out --methods", error, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Hashes(CompareResult result) =>
        result.Tables.SelectMany(t => t.Rows).SelectMany(r => r.Runs).Select(r => r.AdapterSha256);

    private CompareResult Read(string name) => ResultJson.Read<CompareResult>(_world.In($"{name}/compare.json"));

    private Task<(int Code, string Out, string Error)> RunAsync(string name, string methods, params string[] more) =>
        _world.RunAsync([
            "compare",
            "--config",
            _world.In("tiny.conf"),
            "--methods",
            methods,
            "--seeds",
            "1,2",
            "--out",
            _world.In(name),
            .. more,
        ]);

    private async Task<(CompareResult Result, string Error)> CompareAsync(string name, string methods, params string[] more)
    {
        var (code, _, error) = await RunAsync(name, methods, more);
        Assert.True(code == 0, error);
        return (Read(name), error);
    }

    private Task<ExitCode> ExecuteAsync(
        string name,
        string methods,
        IDisk? disk = null,
        Interrupts? interrupts = null,
        Func<Actors.Devices.IDevice, Actors.Devices.IDevice>? device = null,
        Func<Training.Data.Corpus, Training.Data.Corpus>? corpus = null,
        bool search = false
    ) =>
        _world.InWorldAsync(
            world =>
                ComparisonRun.ExecuteAsync(
                    new(new(_world.In("tiny.conf"), []), methods, "1,2", _world.In(name))
                    {
                        Search = search ? [Searched[1], Searched[3]] : [],
                    },
                    world,
                    disk,
                    device,
                    corpus is null ? null : settings => corpus(Host.Simulation.Corpora.Load(settings, world.Npm, world.Folder))
                ),
            interrupts
        );
}
