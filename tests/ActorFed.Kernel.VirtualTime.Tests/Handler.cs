using Akka.Actor;
using Akka.Configuration;

namespace ActorFed.Kernel.VirtualTime.Tests;

/// <summary>An actor whose behaviour the test writes down in place.</summary>
internal sealed class Handler(Action<Handler, object> onMessage, Action<Handler>? onStart = null) : UntypedActor, IWithTimers
{
    public ITimerScheduler Timers { get; set; } = null!;

    public IActorRef Me => Self;

    public IActorRef From => Sender;

    public IActorContext Where => Context;

    public VirtualScheduler Clock => VirtualScheduler.Of(Context.System)!;

    public static Props Props(Action<Handler, object> onMessage, Action<Handler>? onStart = null) =>
        Akka.Actor.Props.Create(() => new Handler(onMessage, onStart));

    protected override void PreStart() => onStart?.Invoke(this);

    protected override void OnReceive(object message) => onMessage(this, message);
}

internal static class Virtual
{
    private static readonly Config s_quiet = ConfigurationFactory.ParseString(
        "akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off, log-dead-letters-during-shutdown = off }"
    );

    public static ActorSystem Start(long seed = 1, string order = "fifo") => Start(seed, order, "");

    public static ActorSystem Start(string hocon) => Start(1, "fifo", hocon);

    private static ActorSystem Start(long seed, string order, string hocon) =>
        ActorSystem.Create(
            "virtual",
            VirtualTimeHocon.Create(seed, order).WithFallback(ConfigurationFactory.ParseString(hocon)).WithFallback(s_quiet)
        );

    public static ActorSystem RealTime() => ActorSystem.Create("real", s_quiet);

    public static VirtualScheduler Clock(this ActorSystem system) => VirtualScheduler.Of(system)!;

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>A task that the test ends.</summary>
    public static TaskCompletionSource<T> Gate<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
