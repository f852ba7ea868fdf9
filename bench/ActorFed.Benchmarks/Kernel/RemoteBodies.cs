using System.Diagnostics;
using System.Net.Sockets;
using Akka.Actor;

namespace ActorFed.Benchmarks.Kernel;

/// <summary>What <see cref="RemoteBenchmark"/> times.</summary>
internal static class RemoteBodies
{
    /// <summary>Microseconds of each round trip, sorted.</summary>
    public static async Task<double[]> LatenciesAsync(int count, Func<byte[], Task> roundTrip)
    {
        var message = new byte[RemotePeer.Small];
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            await roundTrip(message);
            times[i] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
        }
        Array.Sort(times);
        return times;
    }

    public static async Task EchoAsync(Socket socket, byte[] message)
    {
        await socket.SendAsync(message);
        await RawEcho.ReadAsync(socket, message);
    }

    /// <summary>Seconds for a number of messages, at most a window of them unacknowledged.</summary>
    public static double Tell(ActorSystem system, IActorRef sink, int size, int messages, int window)
    {
        using var room = new SemaphoreSlim(window);
        var acknowledged = system.ActorOf(Props.Create(() => new Acknowledged(room)));
        sink.Tell(window / 4, acknowledged);
        var message = new byte[size];
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < messages; i++)
        {
            room.Wait();
            sink.Tell(message, acknowledged);
        }
        for (var i = 0; i < window; i++)
            room.Wait();
        var time = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        system.Stop(acknowledged);
        return time;
    }

    /// <summary>Seconds for the same bytes over a bare socket.</summary>
    public static async Task<double> CopyAsync(Socket socket, int size, int messages)
    {
        var message = new byte[size];
        var begin = Stopwatch.GetTimestamp();
        var acknowledged = RawEcho.ReadAsync(socket, new byte[messages]);
        for (var i = 0; i < messages; i++)
        {
            for (var sent = 0; sent < message.Length; )
                sent += await socket.SendAsync(message.AsMemory(sent));
        }
        await acknowledged;
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private sealed class Acknowledged : ReceiveActor
    {
        public Acknowledged(SemaphoreSlim room) => Receive<int>(batch => room.Release(batch));
    }
}
