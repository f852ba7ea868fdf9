using Akka.Actor;
using Akka.Configuration;

namespace Akka.TestKit;

/// <summary>The settings below akka.test.</summary>
public class TestKitSettings : IExtension
{
    /// <param name="config">The whole configuration of the actor system.</param>
    public TestKitSettings(Config config)
    {
        var test = config.GetConfig("akka.test") ?? throw ConfigurationException.NullOrEmptyConfig("akka.test");
        DefaultTimeout = test.GetTimeSpan("default-timeout", allowInfinite: false);
        SingleExpectDefault = test.GetTimeSpan("single-expect-default", allowInfinite: false);
        TestEventFilterLeeway = test.GetTimeSpan("filter-leeway", allowInfinite: false);
        TestTimeFactor = test.GetDouble("timefactor");
        LogTestKitCalls = config.GetBoolean("akka.test.testkit.debug");
        if (!(TestTimeFactor > 0) || double.IsInfinity(TestTimeFactor))
            throw new ConfigurationException(
                $"'akka.test.timefactor' is '{TestTimeFactor}', but must be a finite number above 0."
            );
    }

    /// <summary>How long latches, barriers and the end of the actor system are waited for, not dilated.</summary>
    public TimeSpan DefaultTimeout { get; }

    /// <summary>How long one expectation waits, not dilated.</summary>
    public TimeSpan SingleExpectDefault { get; }

    /// <summary>How long event filters wait after the code that they watch, not dilated.</summary>
    public TimeSpan TestEventFilterLeeway { get; }

    /// <summary>What every wait is multiplied by.</summary>
    public double TestTimeFactor { get; }

    /// <summary>Whether the test kit logs what it waits for.</summary>
    public bool LogTestKitCalls { get; }
}
