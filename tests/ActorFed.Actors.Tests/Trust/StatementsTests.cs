using System.Collections.Immutable;
using ActorFed.Actors.Roster;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Actors.Trust;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using static ActorFed.Actors.Roster.RosterProtocol;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Tests.Trust;

/// <summary>A signature binds everything: no two messages that differ in anything give the same bytes.</summary>
public sealed class StatementsTests
{
    private static readonly ImmutableSortedDictionary<string, double> None = ImmutableSortedDictionary<string, double>.Empty;

    private static readonly SubmitUpdate Update = new(
        Some.Key(round: 3, attempt: 1),
        new("ann"),
        BlobId.Of([1, 2, 3]),
        Examples: 7,
        Steps: 20,
        TrainLoss: 0.5,
        KeptState: false,
        None.Add("a", 1).Add("b", 2)
    );

    private static readonly Identity Identity = new(Software.Of("test"), Some.Run, "settings", "base", "data");

    private static readonly RegisterNode Registration = new("site-a", [new("ann"), new("bob")], 2, Identity);

    [Fact]
    public void No_field_of_an_update_can_be_changed()
    {
        SubmitUpdate[] all =
        [
            Update,
            Update with
            {
                Key = Update.Key with { Run = new("run-2") },
            },
            Update with
            {
                Key = Update.Key with { Round = new(4) },
            },
            Update with
            {
                Key = Update.Key with { Attempt = 0 },
            },
            Update with
            {
                Client = new("bob"),
            },
            Update with
            {
                Update = BlobId.Of([1, 2, 4]),
            },
            Update with
            {
                Examples = 8,
            },
            Update with
            {
                Steps = 21,
            },
            Update with
            {
                TrainLoss = 0.25,
            },
            Update with
            {
                TrainLoss = double.NaN,
            },
            Update with
            {
                KeptState = true,
            },
            Update with
            {
                Metrics = None,
            },
            Update with
            {
                Metrics = None.Add("a", 1),
            },
            Update with
            {
                Metrics = None.Add("a", 2).Add("b", 1),
            },
            Update with
            {
                Metrics = None.Add("ab", 1).Add("b", 2),
            },
        ];
        Assert.Equal(
            typeof(SubmitUpdate).GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal),
            ["Client", "Examples", "KeptState", "Key", "Metrics", "Signature", "Steps", "TrainLoss", "Update"]
        ); // a new field has to be in the statement, and here

        Assert.Equal(all.Length, all.Select(m => Convert.ToHexString(Statements.Of(m))).Distinct().Count());
        Assert.Equal(Statements.Of(Update), Statements.Of(Update with { Signature = new("00") }));
    }

    [Fact]
    public void A_registration_is_of_one_actor_for_these_clients_in_this_run()
    {
        const string Me = "akka.ssl.tcp://actorfed@10.0.0.2:4053/user/node#17";
        (RegisterNode Message, string Speaker)[] all =
        [
            (Registration, Me),
            (Registration, Me.Replace("#17", "#18", StringComparison.Ordinal)),
            (Registration, Me.Replace("10.0.0.2", "10.0.0.3", StringComparison.Ordinal)),
            (Registration with { Node = "site-b" }, Me),
            (Registration with { Slots = 3 }, Me),
            (Registration with { Clients = [new("ann")] }, Me),
            (Registration with { Clients = [new("ann"), new("cid")] }, Me),
            (Registration with { Clients = [new("annbob")] }, Me),
            (Registration with { Identity = Identity with { Run = new("run-2") } }, Me),
            (Registration with { Identity = null }, Me),
        ];

        Assert.Equal(all.Length, all.Select(m => Convert.ToHexString(Statements.Of(m.Message, m.Speaker))).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Signature.MostBytes + 1)]
    public void A_signature_of_no_length_or_too_much_of_it_is_none(int bytes) =>
        Assert.Throws<ArgumentException>(() => Signature.Of(new byte[bytes]));

    [Theory]
    [InlineData(0)]
    [InlineData(NodeProof.MostBytes + 1)]
    public void So_is_a_certificate(int bytes) =>
        Assert.Throws<ArgumentException>(() => NodeProof.Of(new byte[bytes], Signature.Of([1])));
}
