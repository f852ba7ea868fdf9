using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ActorFed.Training.Partitioning;

/// <summary>Who has what: the numbers for a plot, and a picture in plain text.</summary>
/// <param name="Scheme">How the partition was drawn.</param>
/// <param name="Clients">Names, one a row.</param>
/// <param name="Labels">Names, one a column.</param>
/// <param name="Counts">Documents by client and class.</param>
/// <param name="EffectiveClasses">exp(entropy) of each client's classes.</param>
public sealed record PartitionPicture(
    string Scheme,
    ImmutableArray<string> Clients,
    ImmutableArray<string> Labels,
    ImmutableArray<ImmutableArray<int>> Counts,
    ImmutableArray<double> EffectiveClasses
)
{
    private const string Shades = " ░▒▓█";
    private const int WidestTable = 6; // classes whose counts still fit a line of text; more are shown as shades

    /// <summary>The picture of a partition.</summary>
    /// <param name="partition">Who has which documents.</param>
    /// <param name="documentLabels">The label of every training document.</param>
    /// <param name="labels">The names of the classes.</param>
    public static PartitionPicture Of(Partition partition, IReadOnlyList<int> documentLabels, ImmutableArray<string> labels)
    {
        var counts = partition.Counts(documentLabels, labels.Length);
        return new PartitionPicture(
            partition.Scheme,
            [.. partition.Shards.Select(s => s.Client.Value)],
            labels,
            counts,
            [.. counts.Select(c => Partition.EffectiveClasses(c))]
        );
    }

    /// <summary>Documents of each client.</summary>
    public ImmutableArray<int> Sizes => [.. Counts.Select(row => row.Sum())];

    /// <summary>One line about the whole.</summary>
    public string Summary()
    {
        var sizes = Sizes.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Scheme}: {Clients.Length} clients, {sizes.Sum()} documents; shard sizes {sizes[0]} to {sizes[^1]}, median {sizes[sizes.Length / 2]}; "
                + $"effective classes {EffectiveClasses.Average():F1} a client of {Labels.Length}"
        );
    }

    /// <summary>A line a client: counts for a few classes, shades for many (darker: more of the client's documents), size, effective classes.</summary>
    /// <param name="mostClients">Clients shown; the rest are counted in a last line. At least 1.</param>
    public string ToText(int mostClients = 40)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostClients, 1);
        var text = new StringBuilder().Append(Summary()).Append('\n');
        var name = Clients.Max(c => c.Length);
        AppendHeader(text, name);
        for (var row = 0; row < Math.Min(mostClients, Clients.Length); row++)
        {
            text.Append(Clients[row].PadRight(name)).Append(" │").Append(Cells(row)).Append("│ ");
            text.Append(CultureInfo.InvariantCulture, $"{Counts[row].Sum(), 7} {EffectiveClasses[row], 5:F1}\n");
        }
        if (Clients.Length > mostClients)
        {
            text.Append(CultureInfo.InvariantCulture, $"... and {Clients.Length - mostClients} clients more\n");
        }
        return text.ToString();
    }

    private bool IsTable => Labels.Length <= WidestTable;

    private void AppendHeader(StringBuilder text, int name)
    {
        var columns = IsTable ? string.Concat(Labels.Select(l => $" {Fit(l)}")) : Range();
        text.Append(' ', name).Append("  ").Append(columns).Append("  ").Append("   docs  eff.\n");
    }

    private string Range() => $"0..{Labels.Length - 1}".PadRight(Labels.Length)[..Labels.Length];

    private string Cells(int row)
    {
        if (IsTable)
        {
            return string.Concat(Counts[row].Select(c => string.Create(CultureInfo.InvariantCulture, $" {c, 12}")));
        }
        var most = Math.Max(1, Counts[row].Max());
        return string.Concat(Counts[row].Select(c => Shades[Shade(c, most)]));
    }

    /// <summary>Nothing is blank, and even one document is not.</summary>
    private static int Shade(int count, int most) => (int)(((count * (Shades.Length - 1L)) + most - 1) / most);

    private static string Fit(string label) => label.Length > 12 ? label[..12] : label.PadLeft(12);
}
