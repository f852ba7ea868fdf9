using ActorFed.Kernel.VirtualTime;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.TestKit.Tests;

/// <summary>Kits whose waits cost no real time.</summary>
internal static class Clocks
{
    /// <summary>The clock jumps to what is due when the actors have nothing to do.</summary>
    public static Config Virtual(string hocon = "") =>
        ConfigurationFactory.ParseString(hocon).WithFallback(VirtualTimeHocon.Create(seed: 1));

    /// <summary>The clock moves when the test says so.</summary>
    public static Config ByHand { get; } =
        ConfigurationFactory.ParseString("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"");

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>Sends a message to the test actor when so much time is over.</summary>
    public static void After(this TestKitBase kit, double seconds, object message) =>
        kit.Sys.Scheduler.ScheduleTellOnce(Seconds(seconds), kit.TestActor, message, kit.TestActor);
}
