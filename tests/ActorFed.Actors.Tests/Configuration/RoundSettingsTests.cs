using ActorFed.Actors.Configuration;
using ActorFed.Actors.Rounds;
using Akka.Configuration;

namespace ActorFed.Actors.Tests.Configuration;

public sealed class RoundSettingsTests
{
    private const string Good =
        "per-round = 8, reserve = 0.25, quorum = 4, deadline = 10 m, answer-within = 5 s, attempts = 3, resend-after = 5 s";

    [Fact]
    public void Options_are_read_as_they_are_written() =>
        Assert.Equal(
            new RoundOptions(8, 0.25, 4, TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(5), 3, 5, TimeSpan.FromSeconds(5)),
            Load(Good)
        );

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 3)]
    public void A_majority_follows_the_updates_of_a_round(int perRound, int quorum) =>
        Assert.Equal(quorum, Load($"{Good}, per-round = {perRound}, quorum = majority").Quorum);

    [Theory]
    [InlineData("quorum = most", "actorfed.round.quorum = most: a whole number from 1 to 10000 or majority is expected")]
    [InlineData("quorum = 9", "actorfed.round.quorum = 9: exceeds per-round (8)")]
    [InlineData("per-round = 21", "actorfed.round.per-round = 21: exceeds the run's clients (20)")]
    [InlineData("answer-within = 1 h", "actorfed.round.answer-within = 1 h: exceeds deadline (10 m)")]
    [InlineData("deadline = 10 kB", "actorfed.round.deadline = 10 kB: a duration from 1 s to 7 d")]
    [InlineData("attempts = 0", "actorfed.round.attempts = 0: a whole number from 1 to 1000")]
    [InlineData("quorom = 3", "actorfed.round.quorom: unknown key")]
    public void A_bad_option_is_named_with_its_value_and_its_rule(string change, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<InvalidSettingsException>(() => Load($"{Good}, {change}")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void How_often_is_validated_is_a_setting_of_evaluation()
    {
        var error = Assert.Throws<InvalidSettingsException>(() =>
            RoundSettings.Load(
                ConfigurationFactory.ParseString($"actorfed {{ evaluate.every = -1, round {{ {Good} }} }}"),
                clients: 20
            )
        );
        Assert.Contains(
            "actorfed.evaluate.every = -1: a whole number from 0 to 1000000",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(8, 0.25, 20, 10)]
    [InlineData(8, 0.3, 20, 11)]
    [InlineData(8, 0.0, 20, 8)]
    [InlineData(8, 10.0, 20, 20)]
    public void Over_invitation_rounds_up_and_ends_at_the_clients_there_are(int k, double reserve, int clients, int invited) =>
        Assert.Equal(invited, (Load(Good) with { PerRound = k, Reserve = reserve }).Invited(clients));

    private static RoundOptions Load(string round) =>
        RoundSettings.Load(
            ConfigurationFactory.ParseString($"actorfed {{ evaluate {{ every = 5, metric = auto }}, round {{ {round} }} }}"),
            clients: 20
        );
}
