using System.Collections.Immutable;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Replication.Wire;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Wire;
using ActorFed.Training.Federation;
using Google.Protobuf;
using static ActorFed.Actors.Replication.Wire.ReplicaCodecs;

namespace ActorFed.Actors.Replication;

/// <summary>Entries as bytes, to be fetched like any blob: a round of a thousand clients does not fit a message. Values keep every bit.</summary>
public static class EntryCodec
{
    private const string Manifest = "replica.entry.1";

    /// <summary>The bytes of an entry.</summary>
    public static ReadOnlyMemory<byte> Write(JournalEntry entry) =>
        entry switch
        {
            JournalEntry.Round r => new EntryWire { Commit = To(r.Commit) }.ToByteArray(),
            JournalEntry.Ending e => new EntryWire { End = To(e.End) }.ToByteArray(),
            _ => throw new ArgumentException("neither a round nor an end.", nameof(entry)),
        };

    /// <summary>The entry of these bytes.</summary>
    /// <exception cref="WireFormatException">They are none.</exception>
    public static JournalEntry Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var wire = EntryWire.Parser.ParseFrom(bytes.Span);
            return wire.WhatCase switch
            {
                EntryWire.WhatOneofCase.Commit => new JournalEntry.Round(From(wire.Commit)),
                EntryWire.WhatOneofCase.End => new JournalEntry.Ending(From(wire.End)),
                _ => throw new ArgumentException("neither a round nor an end."),
            };
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException)
        {
            throw new WireFormatException(Manifest, e.Message, e);
        }
    }

    private static CommitWire To(RoundCommit m)
    {
        var s = m.Summary;
        var wire = new CommitWire
        {
            Round = s.Round.Number,
            Attempt = s.Attempt,
            Global = ReplicaCodecs.To(m.Global),
            Memory = ReplicaCodecs.To(m.Memory),
            TrainLoss = s.TrainLoss,
            Down = To(s.Down),
            Up = To(s.Up),
            Seconds = s.Seconds,
            Evaluation = To(s.Evaluation),
        };
        wire.Contributors.AddRange(s.Contributors.Select(To));
        wire.Refused.AddRange(s.Refused.Select(r => new RefusedWire { Client = r.Client.Value, Why = (int)r.Why }));
        wire.Absent.AddRange(s.Absent.Select(c => c.Value));
        wire.Late.AddRange(s.Late.Select(c => c.Value));
        return wire;
    }

    private static RoundCommit From(CommitWire w) =>
        new(
            new(
                new(w.Round),
                w.Attempt,
                [.. w.Contributors.Select(From)],
                [.. w.Refused.Select(From)],
                [.. w.Absent.Select(c => new ClientId(c))],
                [.. w.Late.Select(c => new ClientId(c))],
                w.TrainLoss,
                From(w.Down),
                From(w.Up),
                w.Seconds,
                From(w.Evaluation)
            ),
            Id(w.Global),
            Id(w.Memory)
        );

    private static ContributorWire To(Contributor c)
    {
        var wire = new ContributorWire
        {
            Client = c.Client.Value,
            Update = ReplicaCodecs.To(c.Update),
            Examples = c.Examples,
            Steps = c.Steps,
            TrainLoss = c.TrainLoss,
            Arrived = c.Arrived.Ticks,
            KeptState = c.KeptState,
        };
        wire.Metrics.AddRange(c.Metrics.Select(m => new MetricWire { Name = m.Key, Value = m.Value }));
        return wire;
    }

    private static Contributor From(ContributorWire w) =>
        new(
            new(w.Client),
            Id(w.Update),
            w.Examples,
            w.Steps,
            w.TrainLoss,
            TimeSpan.FromTicks(w.Arrived),
            w.Metrics.ToImmutableSortedDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal),
            w.KeptState
        );

    private static RefusedClient From(RefusedWire w) =>
        Enum.IsDefined((Refusal)w.Why)
            ? new(new(w.Client), (Refusal)w.Why)
            : throw new ArgumentException($"why is {w.Why}: no refusal has this number.");

    private static EndWire To(RunEnd m) =>
        new()
        {
            Round = m.Round.Number,
            Global = ReplicaCodecs.To(m.Global),
            Test = To(m.Test),
        };

    private static RunEnd From(EndWire w) => new(new(w.Round), Id(w.Global), From(w.Test));

    private static TrafficWire To(Traffic t) =>
        new()
        {
            Payload = t.Payload,
            Head = t.Head,
            Meta = t.Meta,
            Retries = t.Retries,
        };

    private static Traffic From(TrafficWire? w) => w is null ? Traffic.None : new(w.Payload, w.Head, w.Meta, w.Retries);

    private static EvaluationWire? To(Evaluation? e) =>
        e is null
            ? null
            : new()
            {
                N = e.N,
                Accuracy = e.Accuracy,
                BalancedAccuracy = e.BalancedAccuracy,
                MacroF1 = e.MacroF1,
                Loss = e.Loss,
            };

    private static Evaluation? From(EvaluationWire? w) =>
        w is null ? null : new(w.N, w.Accuracy, w.BalancedAccuracy, w.MacroF1, w.Loss);
}
