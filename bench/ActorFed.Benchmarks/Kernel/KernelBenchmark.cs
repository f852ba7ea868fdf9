using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Akka.Actor;

namespace ActorFed.Benchmarks.Kernel;

/// <summary>How does the actor kernel's message passing stand beside System.Threading.Channels in the same process?</summary>
internal static class KernelBenchmark
{
    private const int Messages = 2_000_000;
    private const int RoundTrips = 500_000;

    /// <summary>Prints the table; <c>--pairs N</c> sets how often each pair of bodies is run.</summary>
    public static int Run(string[] arguments)
    {
        var pairs = arguments is [.., "--pairs", var n] ? int.Parse(n, CultureInfo.InvariantCulture) : 9;
        Console.WriteLine($"Machine: {Measure.Machine()}");
        Console.WriteLine($"Median of {pairs} interleaved pairs (smallest - largest). Ratio = actors' throughput / channels'.");
        Console.WriteLine();
        Console.WriteLine("| what | actors, M/s | channels, M/s | ratio |");
        Console.WriteLine("|---|---|---|---|");
        using var system = ActorSystem.Create("bench", "akka { loglevel = WARNING, stdout-loglevel = WARNING }");
        Row("Tell 1 -> 1, 2 M messages", Messages, pairs, () => TellActors(system), TellChannel);
        Row("ping-pong, 2 pairs", 2L * RoundTrips, pairs, () => PingPongActors(system, 2), () => PingPongChannels(2));
        Row("ping-pong, 64 pairs", 2L * RoundTrips, pairs, () => PingPongActors(system, 64), () => PingPongChannels(64));
        Console.WriteLine();
        IdleActors(system);
        AskLatency(system);
        return 0;
    }

    private static void Row(string name, long messages, int pairs, Action actors, Action channels)
    {
        var (a, b) = Measure.Interleaved(pairs, actors, channels);
        var (x, y) = (a.Select(s => messages / s.Wall / 1e6), b.Select(s => messages / s.Wall / 1e6));
        Console.WriteLine($"| {name} | {Measure.Show(x)} | {Measure.Show(y)} | {Measure.Show(Measure.Ratios(x, y))} |");
    }

    private static void TellActors(ActorSystem system)
    {
        using var done = new ManualResetEventSlim();
        var counter = system.ActorOf(Props.Create(() => new Counter(Messages, done)));
        var message = new object();
        for (var i = 0; i < Messages; i++)
        {
            counter.Tell(message, ActorRefs.NoSender);
        }

        done.Wait();
        system.Stop(counter);
    }

    private static void TellChannel()
    {
        var channel = Channel.CreateUnbounded<object>(new() { SingleReader = true, SingleWriter = true });
        var reader = Task.Run(async () =>
        {
            for (var seen = 0; seen < Messages; )
            {
                await channel.Reader.WaitToReadAsync();
                while (channel.Reader.TryRead(out _))
                {
                    seen++;
                }
            }
        });
        var message = new object();
        for (var i = 0; i < Messages; i++)
        {
            channel.Writer.TryWrite(message);
        }

        reader.Wait();
    }

    private static void PingPongActors(ActorSystem system, int pairs)
    {
        using var done = new CountdownEvent(pairs);
        var actors = new List<IActorRef>();
        for (var p = 0; p < pairs; p++)
        {
            var pong = system.ActorOf(Props.Create(() => new Pong()));
            var ping = system.ActorOf(Props.Create(() => new Ping(RoundTrips / pairs, pong, done)));
            actors.AddRange([ping, pong]);
            ping.Tell("start", ActorRefs.NoSender);
        }

        done.Wait();
        actors.ForEach(system.Stop);
    }

    private static void PingPongChannels(int pairs) =>
        Task.WhenAll(
                Enumerable
                    .Range(0, pairs)
                    .SelectMany(_ =>
                    {
                        var options = new UnboundedChannelOptions { SingleReader = true, SingleWriter = true };
                        var (there, back) = (Channel.CreateUnbounded<object>(options), Channel.CreateUnbounded<object>(options));
                        var trips = RoundTrips / pairs;
                        return new[] { Task.Run(() => Pinger(there, back, trips)), Task.Run(() => Ponger(there, back, trips)) };
                    })
            )
            .Wait();

    private static async Task Pinger(Channel<object> there, Channel<object> back, int trips)
    {
        var message = new object();
        for (var i = 0; i < trips; i++)
        {
            there.Writer.TryWrite(message);
            await back.Reader.ReadAsync();
        }
    }

    private static async Task Ponger(Channel<object> there, Channel<object> back, int trips)
    {
        for (var i = 0; i < trips; i++)
        {
            back.Writer.TryWrite(await there.Reader.ReadAsync());
        }
    }

    private static void IdleActors(ActorSystem system)
    {
        const int Count = 100_000;
        using var born = new CountdownEvent(Count);
        var parent = system.ActorOf(Props.Create(() => new Parent(Count, born)));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        parent.Tell("create", ActorRefs.NoSender);
        born.Wait();
        var seconds = watch.Elapsed.TotalSeconds;
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Count;
        GC.KeepAlive(parent);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"- heap per idle actor at 100 k actors: {bytes:0} B; creation until every constructor ran: {Count / seconds / 1e3:0} k/s"
            )
        );
        parent.GracefulStop(TimeSpan.FromMinutes(1)).Wait();
    }

    private static void AskLatency(ActorSystem system)
    {
        const int Asks = 100_000;
        var echo = system.ActorOf(Props.Create(() => new Pong()));
        var micros = new double[Asks];
        async Task Loop()
        {
            for (var i = -10_000; i < Asks; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await echo.Ask<object>("ask", Timeout.InfiniteTimeSpan);
                if (i >= 0)
                {
                    micros[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                }
            }
        }

        Task.Run(Loop).Wait();
        Array.Sort(micros);
        var blocking = new double[20_000];
        for (var i = 0; i < blocking.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            echo.Ask<object>("ask", Timeout.InfiniteTimeSpan).Wait();
            blocking[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(blocking);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"- Ask, awaiting loop: p50 {micros[Asks / 2]:0.0} us, p99 {micros[Asks * 99 / 100]:0.0} us; blocking outside caller: p50 {blocking[blocking.Length / 2]:0.0} us"
            )
        );
    }

    private sealed class Counter(int expected, ManualResetEventSlim done) : UntypedActor
    {
        private int _seen;

        protected override void OnReceive(object message)
        {
            if (++_seen == expected)
            {
                done.Set();
            }
        }
    }

    private sealed class Pong : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }

    private sealed class Ping(int trips, IActorRef pong, CountdownEvent done) : UntypedActor
    {
        private int _left = trips;

        protected override void OnReceive(object message)
        {
            if (_left-- == 0)
            {
                done.Signal();
                return;
            }

            pong.Tell(message, Self);
        }
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
