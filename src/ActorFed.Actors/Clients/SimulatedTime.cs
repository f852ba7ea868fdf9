using ActorFed.Actors.Devices;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Clients;

/// <summary>How long a client would take for its part of a round. It depends on its profile and its work, never on this machine.</summary>
public static class SimulatedTime
{
    // Beyond every deadline; keeps a rate near zero from overflowing the clock.
    private const double LongestSeconds = 1e9;

    /// <summary>Download, training and upload, one after the other.</summary>
    /// <param name="profile">Rates in bytes a second, speed in examples a second.</param>
    /// <param name="downloadBytes">The encoded start.</param>
    /// <param name="size">The training.</param>
    /// <param name="uploadBytes">What will be sent back.</param>
    public static TimeSpan Of(ClientProfile profile, long downloadBytes, JobSize size, long uploadBytes)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(size);
        var seconds =
            (downloadBytes / profile.DownloadRate) + (size.Examples / profile.Speed) + (uploadBytes / profile.UploadRate);
        return TimeSpan.FromSeconds(seconds < LongestSeconds ? seconds : LongestSeconds);
    }
}
