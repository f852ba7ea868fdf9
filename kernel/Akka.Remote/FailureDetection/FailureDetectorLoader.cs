using Akka.Actor;
using Akka.Configuration;

namespace Akka.Remote;

/// <summary>Makes the detector that a section of the configuration names.</summary>
internal static class FailureDetectorLoader
{
    /// <param name="section">The path of the section, for its errors.</param>
    /// <remarks>Detectors of the library judge by the scheduler's clock, so that they live in virtual time too.</remarks>
    public static FailureDetector Load(ActorSystem system, string section)
    {
        var config = system.Settings.Config.GetConfig(section) ?? throw ConfigurationException.NullOrEmptyConfig(section);
        var setting = section + ".implementation-class";
        var name = config.GetString("implementation-class") ?? "";
        var type = TypeName.Find(name) ?? throw new ConfigurationException($"{setting}: no type is named '{name}'.");
        Clock clock = () => (long)system.Scheduler.MonotonicClock.TotalMilliseconds;
        var ours = type == typeof(PhiAccrualFailureDetector) || type == typeof(DeadlineFailureDetector);
        return ours
            ? TypeName.Construct<FailureDetector>(type, setting, config, system.EventStream, clock)
            : TypeName.Construct<FailureDetector>(type, setting, config, system.EventStream);
    }
}
