using System.Threading.Channels;
using Akka.Actor;

namespace ActorFed.Benchmarks.Kernel;

/// <summary>The same messages between actors and through System.Threading.Channels.</summary>
internal static class Messages
{
    public const int Count = 2_000_000;
    public const int RoundTrips = 500_000;

    public static void TellActors(ActorSystem system)
    {
        using var done = new ManualResetEventSlim();
        var counter = system.ActorOf(Props.Create(() => new Counter(Count, done)));
        var message = new object();
        for (var i = 0; i < Count; i++)
        {
            counter.Tell(message, ActorRefs.NoSender);
        }

        done.Wait();
        system.Stop(counter);
    }

    public static void TellChannel()
    {
        var channel = Channel.CreateUnbounded<object>(new() { SingleReader = true, SingleWriter = true });
        var reader = Task.Run(async () =>
        {
            for (var seen = 0; seen < Count; )
            {
                await channel.Reader.WaitToReadAsync();
                while (channel.Reader.TryRead(out _))
                {
                    seen++;
                }
            }
        });
        var message = new object();
        for (var i = 0; i < Count; i++)
        {
            channel.Writer.TryWrite(message);
        }

        reader.Wait();
    }

    public static void PingPongActors(ActorSystem system, int pairs)
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

    public static void PingPongChannels(int pairs) =>
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
}
