using ActorFed.Training.Chance;
using ActorFed.Training.Federation;

namespace ActorFed.Training.Profiles;

/// <summary>Draws what clients are like.</summary>
public static class ProfileDraw
{
    /// <summary>One client's profile. It depends on the seed and the client alone: more clients change nobody's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A distribution can leave its range.</exception>
    public static ClientProfile Of(ClientId client, ProfileOptions options, long seed)
    {
        options.Check();
        // A stream for each quantity: another distribution for one leaves the others as they are.
        return new ClientProfile(
            client,
            options.Budgets.Draw(Stream("budget")),
            options.Speed.Draw(Stream("speed")),
            options.DownloadRate.Draw(Stream("download")),
            options.UploadRate.Draw(Stream("upload")),
            options.Availability.Draw(Stream("availability"))
        );

        SeededRandom Stream(string quantity) => SeededRandom.For(seed, "profile", quantity, client.Value);
    }

    /// <summary>Whether the client answers its invitation to this round: a draw by its availability, the same whenever it is asked.</summary>
    public static bool Answers(ClientProfile profile, RoundId round, long seed) =>
        SeededRandom.For(seed, "answers", round.Number, profile.Client.Value).NextBool(profile.Availability);
}
