using System.Globalization;

namespace ActorFed.Training.Tokenizers.Unicode;

/// <summary>The tables of nfkc.txt, read once.</summary>
internal sealed class NfkcTables
{
    private readonly Dictionary<int, int> _classes = [];

    private NfkcTables() { }

    /// <summary>Full compatibility decompositions, Hangul left out.</summary>
    public Dictionary<int, int[]> Decompositions { get; } = [];

    /// <summary>Primary composites by their two halves, Hangul left out.</summary>
    public Dictionary<(int First, int Second), int> Compositions { get; } = [];

    /// <summary>The canonical combining class; 0 for a character that stands by itself.</summary>
    public int ClassOf(int point) => point < 0x300 ? 0 : _classes.GetValueOrDefault(point);

    public static NfkcTables Load()
    {
        using var stream =
            typeof(NfkcTables).Assembly.GetManifestResourceStream("nfkc.txt")
            ?? throw new InvalidOperationException("The assembly lacks its resource nfkc.txt: the build is broken.");
        using var reader = new StreamReader(stream);
        var tables = new NfkcTables();
        while (reader.ReadLine() is { } line)
        {
            tables.Add(line.Split(' '));
        }
        return tables;
    }

    private void Add(string[] record)
    {
        switch (record[0])
        {
            case "D":
                Decompositions.Add(Hex(record[1]), [.. record.Skip(2).Select(Hex)]);
                break;
            case "C":
                _classes.Add(Hex(record[1]), int.Parse(record[2], CultureInfo.InvariantCulture));
                break;
            case "P":
                Compositions.Add((Hex(record[1]), Hex(record[2])), Hex(record[3]));
                break;
            default:
                break; // the first line says where the table is from
        }
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
