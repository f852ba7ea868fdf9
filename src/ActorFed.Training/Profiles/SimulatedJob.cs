using ActorFed.Training.Federation;

namespace ActorFed.Training.Profiles;

/// <summary>One client's work of one round, as far as time depends on it.</summary>
/// <param name="DownloadBytes">Bytes that it fetches; not negative.</param>
/// <param name="Steps">Optimiser steps; not negative.</param>
/// <param name="BatchSize">Examples a step; at least 1.</param>
/// <param name="UploadBytes">Bytes that it sends; not negative.</param>
public sealed record SimulatedJob(long DownloadBytes, int Steps, int BatchSize, long UploadBytes)
{
    /// <summary>Download, then training, then upload; nothing overlaps: bytes / rate + steps × batch / speed + bytes / rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of the job is negative, or the batch empty.</exception>
    public double Seconds(ClientProfile profile)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(DownloadBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(Steps);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(UploadBytes);
        return (DownloadBytes / profile.DownloadRate)
            + ((double)Steps * BatchSize / profile.Speed)
            + (UploadBytes / profile.UploadRate);
    }

    /// <summary>The same in whole milliseconds, rounded up; at most 100 days, so that no timer overflows.</summary>
    public TimeSpan Duration(ClientProfile profile) =>
        TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(Seconds(profile) * 1000), TimeSpan.FromDays(100).TotalMilliseconds));
}
