using System.Text.RegularExpressions;
using ActorFed.Host.Comparison;
using ActorFed.Host.Reports;
using ActorFed.Host.Results;
using ActorFed.Host.Tests.Reports;

namespace ActorFed.Host.Tests.Comparison;

public sealed class ComparePageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ChartLibrary _chart = ChartLibrary.Load(NpmCache.FromEnvironment(Environment.GetEnvironmentVariable));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_browser_draws_curves_intervals_and_tables()
    {
        var dom = Browse(Sample("fedit"));

        Assert.Contains("data-charts=\"2\"", dom, StringComparison.Ordinal); // one a condition
        Assert.Contains("data-errors=\"\"", dom, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(dom, "<circle "));
        Assert.Contains("+2.0 [+1.0, +3.0] *", dom, StringComparison.Ordinal);
        Assert.Contains("lies at an end of its grid", dom, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_without_any_run_has_a_page_too()
    {
        var sample = Sample("fedit");
        var dom = Browse(
            sample with
            {
                Completed = false,
                Cells = [],
                Tables = [new("", [Row("fedit", null) with { Runs = [], Curve = [], Last = null, Final = null }])],
            }
        );

        Assert.Contains("This comparison is not completed", dom, StringComparison.Ordinal);
        Assert.Contains("data-errors=\"\"", dom, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_text_and_never_markup()
    {
        var dom = Browse(Sample("</script><img src=x onerror=throw(1)>"));

        Assert.Contains("data-errors=\"\"", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", dom, StringComparison.Ordinal);
    }

    [Fact]
    public void The_markdown_has_the_same_figures()
    {
        var text = CompareFiles.Markdown(Sample("fed|it"));

        Assert.Contains("## Test part, iid", text, StringComparison.Ordinal);
        Assert.Contains(
            "| fed\\|it | head.rate 0.1 | 72.0 | 72.0 % | +2.0 [+1.0, +3.0] * | 3 of 3 |",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("| base | head.rate 0.1 | 72.0 | 72.0 % | - | - |", text, StringComparison.Ordinal);
        Assert.Contains("| fed\\|it | head.rate 0.1 | 101 | 60.0 % |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Three_rows_are_compared_each_with_each()
    {
        var text = CompareFiles.Markdown(Three(a: [0.70, 0.72], b: [0.69, 0.70], c: [0.60, 0.72]));

        Assert.Contains("## Row minus column, iid", text, StringComparison.Ordinal);
        Assert.Contains("| a | - | +1.5 [-4.9, +7.9] | +5.0 [-58.5, +68.5] |", text, StringComparison.Ordinal);
        Assert.Contains("| b | -1.5 [-7.9, +4.9] | - | +3.5 [-66.4, +73.4] |", text, StringComparison.Ordinal);
        Assert.Contains("not widened for their number", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_without_runs_is_compared_with_none()
    {
        var text = CompareFiles.Markdown(Three(a: [0.70], b: [0.60], c: []));

        Assert.DoesNotContain("Row minus column", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_on_the_clients_own_parts_have_a_line_each_with_what_their_own_model_gains()
    {
        var text = CompareFiles.Markdown(
            Sample("fdlora") with
            {
                Tables =
                [
                    new("iid", [Personal("base", ("own", 0.6, 0)), Personal("fdlora", ("global", 0.65, 0.05), ("own", 0.7, 0))]),
                ],
            }
        );

        Assert.Contains("## Clients' own held-out parts, iid", text, StringComparison.Ordinal);
        Assert.Contains(
            "| method | model | mean | 10th percentile | worst | own less it | beside base's own |",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "| fdlora | global | 65.5 % | 40.0 % | 20.0 % | +5.0 [+5.0, +5.0] * | +5.0 [+5.0, +5.0] * |",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "| fdlora | own | 70.5 % | 40.0 % | 20.0 % | - | +10.0 [+10.0, +10.0] * |",
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Where_nothing_was_held_out_there_is_no_such_table() =>
        Assert.DoesNotContain("held-out parts", CompareFiles.Markdown(Sample("fedit")), StringComparison.Ordinal);

    // Two seeds, the second a point above the first.
    private static RowResult Personal(string name, params (string Model, double Mean, double Gain)[] models) =>
        Row(name, null) with
        {
            Runs =
            [
                .. new[] { 0, 0.01 }.Select(
                    (more, i) =>
                        Row(name, null).Runs[0] with
                        {
                            Seed = i,
                            Final = Row(name, null).Runs[0].Final with
                            {
                                Personal = new(
                                    4,
                                    [.. models.Select(m => new PersonalSpread(m.Model, 4, m.Mean + more, 0.2, 0.4))],
                                    [
                                        .. models
                                            .Where(m => m.Model != "own")
                                            .Select(m => new PersonalGain("own", m.Model, 4, m.Gain, 0, 0)),
                                    ]
                                ),
                            },
                        }
                ),
            ],
        };

    private static CompareResult Three(double[] a, double[] b, double[] c) =>
        Sample("a") with
        {
            Tables = [new("iid", [Seeds("a", a), Seeds("b", b), Seeds("c", c)])],
        };

    private static RowResult Seeds(string name, double[] last) =>
        Row(name, null) with
        {
            Runs = [.. last.Select((value, i) => Row(name, null).Runs[0] with { Seed = i, Last = value })],
        };

    private string Browse(CompareResult result)
    {
        const string Witness =
            "<script>const w=document.documentElement.dataset;w.errors='';addEventListener('error',e=>{w.errors+=e.message})</script>";
        var page = ComparePage.Render(result, _chart).Replace("<body>", "<body>" + Witness, StringComparison.Ordinal);
        var file = _folder.At("report.html");
        File.WriteAllText(file, page);
        return Chromium.Dom(file);
    }

    private static CompareResult Sample(string name) =>
        new(
            true,
            "./actorfed compare",
            "mail",
            "tiny",
            "accuracy",
            "base",
            [1],
            [101],
            null,
            null,
            new Dictionary<string, string> { ["actorfed.run.rounds"] = "2" },
            new Dictionary<string, string> { ["actorfed"] = "1" },
            [
                new("iid", [Row("base", null), Row(name, new(0.02, 0.01, 0.03, 3, 3))]),
                new("dirichlet:0.3", [Row("base", null), Row(name, new(0.02, 0.01, 0.03, 3, 3))]),
            ],
            [Searched(name)]
        );

    private static CellResult Searched(string name) => new("id", "iid", name, "search", 101, Found, "done", 0.6, 1.5, 3, null);

    private static Dictionary<string, string> Found => new() { ["actorfed.head.rate"] = "0.1" };

    private static RowResult Row(string name, PairedDifference? difference) =>
        new(
            name,
            "fedit",
            new Dictionary<string, string>(),
            Found,
            ["actorfed.head.rate"],
            [new(1, new("accuracy", 0.7, 100, 1, 0.7, 0.7, 0.7, null, null), 0.72, BytesResult.None, 5, 6, null, "00")],
            0.7,
            0.72,
            difference,
            difference,
            1e6,
            2e6,
            5,
            6,
            null,
            difference is null ? null : 0.5,
            [new(1, 0.5, 0.4, 0.6, 3), new(2, 0.7, 0.6, 0.8, 3)]
        );
}
