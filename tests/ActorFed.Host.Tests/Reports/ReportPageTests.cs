using System.Text.RegularExpressions;
using ActorFed.Host.Reports;
using ActorFed.Host.Results;
using ActorFed.Host.Tests.Results;

namespace ActorFed.Host.Tests.Reports;

public sealed partial class ReportPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ChartLibrary _chart = ChartLibrary.Load(NpmCache.FromEnvironment(Environment.GetEnvironmentVariable));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_browser_draws_every_chart_and_asks_the_network_for_nothing()
    {
        var dom = Browse(SampleResult.Make());

        Assert.Contains("data-charts=\"4\"", dom, StringComparison.Ordinal);
        Assert.Equal(4, Canvas().Count(dom));
        Assert.Contains("data-requests=\"0\" data-violations=\"0\" data-errors=\"\"", dom, StringComparison.Ordinal);
        Assert.Equal(20 * 15, Regex.Count(dom, "class=\"cell s-[a-z]+\" title="));
        Assert.Contains("1,234 near-duplicates were removed before the split", dom, StringComparison.Ordinal);
        Assert.Contains("81.3", dom, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_run_without_any_round_has_a_page_too()
    {
        var dom = Browse(SampleResult.Make(clients: 3, rounds: 0, completed: false) with { AdapterSha256 = null });

        Assert.Contains("data-charts=\"4\"", dom, StringComparison.Ordinal);
        Assert.Contains("This run did not complete: 0 rounds are committed.", dom, StringComparison.Ordinal);
        Assert.Contains("data-errors=\"\"", dom, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_from_the_data_are_text_and_never_markup()
    {
        var sample = SampleResult.Make(rounds: 1, run: "</script><script>document.title='owned'</script>");
        var dom = Browse(
            sample with
            {
                Data = sample.Data with { Classes = ["<img src=http://example.org/x>", "{{js}}", "c", "d", "e"] },
            }
        );

        Assert.DoesNotContain("<title>owned", dom, StringComparison.Ordinal);
        Assert.Contains("data-requests=\"0\" data-violations=\"0\" data-errors=\"\"", dom, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=http://example.org/x&gt;", dom, StringComparison.Ordinal);
        Assert.Contains(">{{js}}<", dom, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_forbids_itself_every_request() =>
        Assert.Contains("default-src 'none'", ReportPage.Render(SampleResult.Make(), _chart), StringComparison.Ordinal);

    // A witness counts what the page asked for, what its policy refused and what its scripts threw.
    private string Browse(RunResult result)
    {
        const string First =
            "<script>const w=document.documentElement.dataset;w.violations=0;w.errors='';"
            + "addEventListener('securitypolicyviolation',()=>w.violations++);addEventListener('error',e=>{w.errors+=e.message})</script>";
        const string Last =
            "<script>w.requests=performance.getEntriesByType('resource').length;"
            + "for(const n of ['violations','errors'])"
            + "{const v=w[n];delete w[n];w[n]=v}</script>";
        var page = ReportPage.Render(result, _chart);
        page = page.Replace("<body>", "<body>" + First, StringComparison.Ordinal);
        page = page[..page.LastIndexOf("</body>", StringComparison.Ordinal)] + Last + "</body></html>";
        var file = _folder.At("report.html");
        File.WriteAllText(file, page);
        return Chromium.Dom(file);
    }

    [GeneratedRegex("<canvas ")]
    private static partial Regex Canvas();
}
