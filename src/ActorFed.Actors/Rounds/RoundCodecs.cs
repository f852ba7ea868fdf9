using System.Collections.Immutable;
using ActorFed.Actors.Clients;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Trust;
using ActorFed.Actors.Wire;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Google.Protobuf;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Rounds.Wire;

/// <summary>The wire forms of <see cref="RoundProtocol"/>.</summary>
internal static class RoundCodecs
{
    public static IEnumerable<Codec> All =>
        [
            new Codec<Invite, InviteWire>(
                "round.invite.1",
                InviteWire.Parser,
                m => new() { Key = To(m.Key), Client = m.Client.Value },
                w => new(Key(w.Key), new(w.Client))
            ),
            new Codec<InviteAccepted, InviteAcceptedWire>(
                "round.invite-accepted.1",
                InviteAcceptedWire.Parser,
                m => new() { Key = To(m.Key), Client = m.Client.Value },
                w => new(Key(w.Key), new(w.Client))
            ),
            new Codec<AssignWork, AssignWorkWire>("round.assign-work.1", AssignWorkWire.Parser, To, From),
            new Codec<SubmitUpdate, SubmitUpdateWire>("round.submit-update.1", SubmitUpdateWire.Parser, To, From),
            new Codec<AbandonWork, AbandonWorkWire>(
                "round.abandon-work.1",
                AbandonWorkWire.Parser,
                m =>
                    new()
                    {
                        Key = To(m.Key),
                        Client = m.Client.Value,
                        Why = (int)m.Why,
                        Detail = m.Detail,
                    },
                w => new(Key(w.Key), new(w.Client), Why(w.Why), w.Detail)
            ),
            new Codec<ReportBug, ReportBugWire>(
                "round.report-bug.1",
                ReportBugWire.Parser,
                m =>
                    new()
                    {
                        Key = To(m.Key),
                        Client = m.Client.Value,
                        Detail = m.Detail,
                    },
                w => new(Key(w.Key), new(w.Client), w.Detail)
            ),
            new Codec<UpdateReceived, UpdateReceivedWire>(
                "round.update-received.1",
                UpdateReceivedWire.Parser,
                m => new() { Key = To(m.Key), Client = m.Client.Value },
                w => new(Key(w.Key), new(w.Client))
            ),
            new Codec<UpdateRefused, UpdateRefusedWire>(
                "round.update-refused.1",
                UpdateRefusedWire.Parser,
                m =>
                    new()
                    {
                        Key = To(m.Key),
                        Client = m.Client.Value,
                        Why = (int)m.Why,
                    },
                w => new(Key(w.Key), new(w.Client), Why(w.Why))
            ),
            new Codec<RoundOver, RoundOverWire>(
                "round.round-over.1",
                RoundOverWire.Parser,
                m =>
                    new()
                    {
                        Key = To(m.Key),
                        Client = m.Client.Value,
                        Counted = m.Counted,
                    },
                w => new(Key(w.Key), new(w.Client), w.Counted)
            ),
        ];

    private static AssignWorkWire To(AssignWork m)
    {
        var wire = new AssignWorkWire
        {
            Key = To(m.Key),
            Client = m.Client.Value,
            Start = To(m.Start),
            UploadBytes = m.UploadBytes,
            Counted = m.Counted is { } c ? new() { Round = c.Round.Number, Attempt = c.Attempt } : null,
        };
        wire.Trained.AddRange(m.Plan.Trained);
        wire.Numbers.AddRange(m.Plan.Numbers.Select(n => new NumberWire { Name = n.Key, Value = n.Value }));
        foreach (var (name, values) in m.Plan.Indices)
        {
            var indices = new IndicesWire { Name = name };
            indices.Values.AddRange(values);
            wire.Indices.Add(indices);
        }

        return wire;
    }

    private static AssignWork From(AssignWorkWire w)
    {
        var client = new ClientId(w.Client);
        return new(
            Key(w.Key),
            client,
            Blob(w.Start),
            new(
                w.Trained.ToImmutableSortedSet(StringComparer.Ordinal),
                Numbers(w.Numbers),
                w.Indices.ToImmutableSortedDictionary(i => i.Name, i => i.Values.ToImmutableArray(), StringComparer.Ordinal)
            ),
            w.UploadBytes >= 0 ? w.UploadBytes : throw new ArgumentException($"upload_bytes is {w.UploadBytes}, below 0."),
            w.Counted is { } c ? new PersonalKey(client, Round(c.Round), Attempt(c.Attempt)) : null
        );
    }

    private static SubmitUpdateWire To(SubmitUpdate m)
    {
        var wire = new SubmitUpdateWire
        {
            Key = To(m.Key),
            Client = m.Client.Value,
            Update = To(m.Update),
            Examples = m.Examples,
            Steps = m.Steps,
            TrainLoss = m.TrainLoss,
            KeptState = m.KeptState,
            Signature = m.Signature is { } s ? ByteString.CopyFrom(s.ToBytes()) : ByteString.Empty,
        };
        wire.Metrics.AddRange(m.Metrics.Select(n => new NumberWire { Name = n.Key, Value = n.Value }));
        return wire;
    }

    private static SubmitUpdate From(SubmitUpdateWire w) =>
        new(
            Key(w.Key),
            new(w.Client),
            Blob(w.Update),
            w.Examples,
            w.Steps,
            w.TrainLoss,
            w.KeptState,
            Numbers(w.Metrics),
            w.Signature.IsEmpty ? null : Signature.Of(w.Signature.Span)
        );

    private static KeyWire To(RoundKey key) =>
        new()
        {
            Run = key.Run.Value,
            Round = key.Round.Number,
            Attempt = key.Attempt,
        };

    private static RoundKey Key(KeyWire? wire) =>
        wire is null
            ? throw new ArgumentException("key is missing.")
            : new(new(wire.Run), Round(wire.Round), Attempt(wire.Attempt));

    private static RoundId Round(int number) =>
        number >= 1 ? new(number) : throw new ArgumentException($"round is {number}; the first is 1.");

    private static int Attempt(int attempt) =>
        attempt >= 0 ? attempt : throw new ArgumentException($"attempt is {attempt}; the first is 0.");

    private static Refusal Why(int number) =>
        Enum.IsDefined((Refusal)number)
            ? (Refusal)number
            : throw new ArgumentException($"why is {number}: no refusal has this number.");

    private static ByteString To(BlobId id) => ByteString.CopyFrom(Convert.FromHexString(id.Hex));

    private static BlobId Blob(ByteString bytes) => new(Convert.ToHexStringLower(bytes.Span));

    private static ImmutableSortedDictionary<string, double> Numbers(IEnumerable<NumberWire> numbers) =>
        numbers.ToImmutableSortedDictionary(n => n.Name, n => n.Value, StringComparer.Ordinal);
}
