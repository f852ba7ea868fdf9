using ActorFed.Actors.Journal;
using ActorFed.Actors.Replication;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Actors.Wire;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Tests.Replication;

public sealed class EntryCodecTests
{
    private static readonly JournalEntry[] All =
    [
        new JournalEntry.Round(Entries.Round(1).Commit),
        new JournalEntry.Round(Entries.Round(2).Commit),
        new JournalEntry.Ending(new(new(2), BlobId.Of([1]), null)),
        new JournalEntry.Ending(new(new(3), BlobId.Of([2]), new Evaluation(7, 0.5, 0.25, 0.125, 1.0 / 3))),
    ];

    [Fact]
    public void Every_entry_comes_back_with_every_bit()
    {
        foreach (var entry in All)
        {
            var bytes = EntryCodec.Write(entry);
            var back = EntryCodec.Read(bytes);
            Assert.Equal(Text(entry), Text(back));
            Assert.Equal(bytes.ToArray(), EntryCodec.Write(back).ToArray());
        }
    }

    [Fact]
    public void Hostile_bytes_are_refused_and_nothing_else_happens()
    {
        var chance = new Random(19);
        foreach (var honest in All.Select(e => EntryCodec.Write(e).ToArray()))
        {
            for (var i = 0; i < 5000; i++)
            {
                var bent = honest[..chance.Next(honest.Length + 1)];
                for (var flips = chance.Next(4); flips > 0 && bent.Length > 0; flips--)
                {
                    bent[chance.Next(bent.Length)] ^= (byte)(1 << chance.Next(8));
                }

                try
                {
                    Assert.NotNull(EntryCodec.Read(bent));
                }
                catch (WireFormatException e)
                {
                    Assert.Equal("replica.entry.1", e.Manifest);
                }
            }
        }
    }

    private static string Text(JournalEntry entry) =>
        entry is JournalEntry.Round { Commit: var c }
            ? $"{c.Global} {c.Memory} {c.Round} {c.Attempt} {c.Summary.TrainLoss} {c.Summary.Down} {c.Summary.Up} {c.Summary.Seconds} "
                + $"{c.Summary.Evaluation} {string.Join(',', c.Summary.Refused)} {string.Join(',', c.Summary.Absent)} "
                + $"{string.Join(',', c.Summary.Late)} "
                + string.Join(
                    ',',
                    c.Summary.Contributors.Select(x => $"{x with { Metrics = x.Metrics.Clear() }} {string.Join(',', x.Metrics)}")
                )
            : entry.ToString()!;
}
