using System.Diagnostics;
using Akka.Actor;

namespace ActorFed.Benchmarks.Kernel;

/// <summary>What an actor weighs, what making one takes, and what a question to one takes.</summary>
internal static class ActorCosts
{
    private const int Actors = 100_000;
    private const int Asks = 100_000;
    private const int BlockingAsks = 20_000;

    /// <summary>Heap of one idle actor after a full collection, and how many are made a second until every constructor ran.</summary>
    public static (double Bytes, double PerSecond) Weigh(ActorSystem system)
    {
        using var born = new CountdownEvent(Actors);
        var parent = system.ActorOf(Props.Create(() => new Parent(Actors, born)));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        parent.Tell("create", ActorRefs.NoSender);
        born.Wait();
        var seconds = watch.Elapsed.TotalSeconds;
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Actors;
        GC.KeepAlive(parent);
        parent.GracefulStop(TimeSpan.FromMinutes(1)).Wait();
        return (bytes, Actors / seconds);
    }

    /// <summary>Microseconds of a question: median and 99th percentile in an awaiting loop, median of a thread that waits.</summary>
    public static (double Median, double Tail, double Blocking) Ask(ActorSystem system)
    {
        var echo = system.ActorOf(Props.Create(() => new Echo()));
        var awaited = Task.Run(() => AwaitedAsync(echo)).Result;
        var blocking = new double[BlockingAsks];
        for (var i = 0; i < blocking.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            echo.Ask<object>("ask", Timeout.InfiniteTimeSpan).Wait();
            blocking[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        system.Stop(echo);
        Array.Sort(awaited);
        Array.Sort(blocking);
        return (awaited[Asks / 2], awaited[Asks * 99 / 100], blocking[BlockingAsks / 2]);
    }

    private static async Task<double[]> AwaitedAsync(IActorRef echo)
    {
        var micros = new double[Asks];
        for (var i = -10_000; i < Asks; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await echo.Ask<object>("ask", Timeout.InfiniteTimeSpan);
            if (i >= 0)
            {
                micros[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }
        }

        return micros;
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }

    private sealed class Parent(int count, CountdownEvent born) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            var props = Props.Create(() => new Idle(born));
            for (var i = 0; i < count; i++)
            {
                Context.ActorOf(props);
            }
        }
    }

    private sealed class Idle : UntypedActor
    {
        public Idle(CountdownEvent born) => born.Signal();

        protected override void OnReceive(object message) { }
    }
}
