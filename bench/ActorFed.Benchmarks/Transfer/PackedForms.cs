using System.Globalization;
using ActorFed.Actors.Store;
using ActorFed.Actors.Transfer;
using ActorFed.Host.Runs;
using ActorFed.Training.Encoding;

namespace ActorFed.Benchmarks.Transfer;

/// <summary>How much smaller is a real adapter packed, alone and as a change of the round before, and what does that cost?</summary>
internal static class PackedForms
{
    private const int Repeats = 20;

    /// <summary>Argument: the folder of a run that kept its rounds (--set actorfed.output.keep=1000).</summary>
    public static int Run(string[] arguments)
    {
        if (arguments is not [var folder])
        {
            Console.Error.WriteLine("usage: benchmarks packed RUN; a run with several kept rounds");
            return 2;
        }

        using var journal = new SqliteJournal(RunFolder.Open(folder, "."), new AtomicDisk(), TimeProvider.System, keep: 1000);
        if (Kept(journal) is not { Count: > 1 } rounds)
        {
            Console.Error.WriteLine($"{folder} has not kept its rounds: run it anew with --set actorfed.output.keep=1000");
            return 2;
        }

        Console.WriteLine($"Machine: {Measure.Machine()}");
        Console.WriteLine(
            $"{journal.Header!.Run}, {rounds[0].Bytes.Length} bytes a round; MB/s of whole bytes, median of {Repeats} (smallest - largest)."
        );
        Console.WriteLine();
        Console.WriteLine("| round | alone | as a change | pack, MB/s | unpack, MB/s |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (before, after) in rounds.Zip(rounds.Skip(1)))
        {
            Row(after.Number, before.Bytes, after.Bytes);
        }

        return 0;
    }

    private static List<(int Number, ReadOnlyMemory<byte> Bytes)>? Kept(SqliteJournal journal)
    {
        try
        {
            return [.. journal.Commits.Select(c => (c.Round.Number, journal.Load(c).Global.Encoded))];
        }
        catch (BlobMissingException)
        {
            return null;
        }
    }

    private static void Row(int round, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        var alone = PackedBlob.Pack(after.Span, []);
        var change = PackedBlob.Pack(after.Span, before.Span);
        if (BlobId.Of(PackedBlob.Unpack(change, before.Span, int.MaxValue)) != BlobId.Of(after.Span))
        {
            throw new InvalidOperationException($"Round {round} does not come back.");
        }

        var pack = Speeds(after.Length, () => PackedBlob.Pack(after.Span, before.Span));
        var unpack = Speeds(after.Length, () => PackedBlob.Unpack(change, before.Span, int.MaxValue));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {round} | {(double)alone.Length / after.Length:0.000} | {(double)change.Length / after.Length:0.000} | {Measure.Show(pack, "0")} | {Measure.Show(unpack, "0")} |"
            )
        );
    }

    private static IEnumerable<double> Speeds(int bytes, Action body)
    {
        body();
        return [.. Enumerable.Range(0, Repeats).Select(_ => bytes / Measure.Once(body).Wall / 1e6)];
    }
}
