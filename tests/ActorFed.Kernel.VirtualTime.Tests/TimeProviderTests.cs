using Akka.Actor;
using static ActorFed.Kernel.VirtualTime.Tests.Virtual;

namespace ActorFed.Kernel.VirtualTime.Tests;

public sealed class TimeProviderTests
{
    [Fact]
    public async Task It_tells_the_time_of_the_scheduler()
    {
        using var system = Start();
        var clock = system.Clock().TimeProvider;
        var told = Gate<(DateTimeOffset, TimeSpan)>();
        using (system.Clock().Hold())
        {
            var start = clock.GetTimestamp();
            system.Scheduler.Advanced.ScheduleOnce(
                Seconds(90),
                () => told.SetResult((clock.GetUtcNow(), clock.GetElapsedTime(start)))
            );
        }
        var (now, elapsed) = await told.Task;
        Assert.Equal(VirtualScheduler.Start.AddSeconds(90), now);
        Assert.Equal(Seconds(90), elapsed);
    }

    [Fact]
    public async Task A_timer_repeats_changes_and_stops()
    {
        using var system = Start();
        var (clock, rings, end) = (system.Clock(), new List<double>(), Gate<int>());
        using (clock.Hold())
        {
            var timer = clock.TimeProvider.CreateTimer(_ => rings.Add(clock.Elapsed.TotalSeconds), null, Seconds(1), Seconds(2));
            system.Scheduler.Advanced.ScheduleOnce(
                Seconds(6),
                () => Assert.True(timer.Change(Seconds(10), Timeout.InfiniteTimeSpan))
            );
            system.Scheduler.Advanced.ScheduleOnce(Seconds(20), () => timer.Change(Seconds(1), Seconds(1)));
            system.Scheduler.Advanced.ScheduleOnce(Seconds(22.5), timer.Dispose);
            system.Scheduler.Advanced.ScheduleOnce(Seconds(30), () => rings.Add(timer.Change(Seconds(1), Seconds(1)) ? 1 : -1));
            system.Scheduler.Advanced.ScheduleOnce(Seconds(40), () => end.SetResult(0));
        }
        await end.Task;
        Assert.Equal([1, 3, 5, 16, 21, 22, -1], rings);
    }
}
