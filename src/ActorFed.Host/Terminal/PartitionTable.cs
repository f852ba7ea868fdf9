using ActorFed.Host.Results;
using Spectre.Console;

namespace ActorFed.Host.Terminal;

/// <summary>Who has what, as a table: one row a client, its documents by class as numbers, or as shades where there are many classes.</summary>
internal static class PartitionTable
{
    /// <summary>More rows than this are cut in the console; the report has them all.</summary>
    private const int MostRows = 24;

    /// <summary>More classes than this become one column of shades.</summary>
    private const int MostColumns = 6;

    public static Table Make(RunResult plan)
    {
        var classes = plan.Data.Classes;
        var table = new Table().Border(TableBorder.Minimal).Title("Who has what").AddColumn("client");
        string[] figures = ["docs", "budget", "docs/s", "there", .. classes.Count <= MostColumns ? classes : []];
        foreach (var name in figures)
        {
            table.AddColumn(new TableColumn(Markup.Escape(name)).RightAligned());
        }

        if (classes.Count > MostColumns)
        {
            table.AddColumn("documents by class, few to many: · ░ ▒ ▓ █");
        }

        var most = plan.Clients.SelectMany(c => c.Counts).Append(1).Max();
        foreach (var client in plan.Clients.Take(MostRows))
        {
            table.AddRow([.. Cells(client, classes.Count <= MostColumns, most)]);
        }

        var more = plan.Clients.Count - MostRows;
        return more > 0 ? table.Caption($"and {more} clients more: see report.html") : table;
    }

    private static IEnumerable<string> Cells(ClientResult client, bool numbers, int most)
    {
        string[] own =
        [
            client.Client,
            $"{client.Examples:N0}",
            Share(client.Budget),
            $"{client.Speed:F1}",
            Share(client.Availability),
        ];
        return own.Select(Markup.Escape)
            .Concat(
                numbers
                    ? client.Counts.Select(n => n == 0 ? "[dim]·[/]" : $"{n}")
                    : [string.Concat(client.Counts.Select(n => Shade(n, most)))]
            );
    }

    private static string Share(double share) => $"{100 * share:F0} %";

    private static char Shade(int count, int most) =>
        count == 0 ? '·' : "░▒▓█"[Math.Min(3, (int)(4 * Math.Sqrt((double)count / most)))];
}
