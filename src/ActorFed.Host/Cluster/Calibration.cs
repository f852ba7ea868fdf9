using ActorFed.Host.Simulation;
using ActorFed.Training.Federation;

namespace ActorFed.Host.Cluster;

/// <summary>How fast a device is, measured on the validation sample with the model that every run begins with.</summary>
internal static class Calibration
{
    /// <summary>Documents a second; 0 where there is nothing to measure on, or the clock stands.</summary>
    public static async Task<double> SpeedAsync(TorchDevice device, Preparation run, TimeProvider time)
    {
        if (run.Validation is null)
        {
            return 0;
        }

        var since = time.GetTimestamp();
        var judged = await device.EvaluateAsync(run.Method.Initialise().Global, CorpusPart.Validation, CancellationToken.None);
        var seconds = time.GetElapsedTime(since).TotalSeconds;
        return seconds > 0 ? judged.N / seconds : 0;
    }
}
