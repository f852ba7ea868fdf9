using ActorFed.Actors.Transfer;
using Akka.Configuration;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Configuration;

/// <summary>Reads <see cref="TransferOptions"/> from the section actorfed.transfer.</summary>
public static class TransferSettings
{
    /// <summary>The options as reference.conf documents them.</summary>
    /// <exception cref="InvalidSettingsException">Names every bad setting at once: path, value found, rule.</exception>
    public static TransferOptions Load(Config hocon)
    {
        var reader = new SettingsReader(hocon, "actorfed.transfer");
        var options = new TransferOptions(
            Credit: (int)reader.Size("credit", min: ChunkBytes, max: 1 << 30),
            PerBlob: (int)reader.Size("per-blob", min: ChunkBytes, max: LongestPull),
            AtOnce: reader.Whole("at-once", min: 1, max: 1_000),
            RetryAfter: reader.Duration("retry-after", min: TimeSpan.FromMilliseconds(100), max: TimeSpan.FromMinutes(10)),
            GiveUpAfter: reader.Duration("give-up-after", min: TimeSpan.FromSeconds(1), max: TimeSpan.FromDays(1)),
            Largest: reader.Size("largest", min: 1, max: int.MaxValue),
            Keep: reader.Size("keep", min: 0, max: 1L << 40)
        )
        {
            Packed = reader.Flag("packed"),
            OnDiskFrom = reader.Size("on-disk-from", min: 0, max: 1L << 30),
        };
        reader.Rule("give-up-after", options.GiveUpAfter > options.RetryAfter, "must be longer than retry-after");
        return reader.Finish(options);
    }
}
