using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;

namespace ActorFed.Benchmarks.Kernel;

/// <summary>How do Tell and Ask between two processes stand beside a bare socket that sends the same bytes in the same run?</summary>
internal static class RemoteBenchmark
{
    private const int Small = 100;
    private const int Large = 1 << 20;
    private const int SmallMessages = 409_600; // a whole number of windows: the last batch is acknowledged too
    private const int LargeMessages = 400;
    private const int Asks = 4_000;
    private const double AskLimit = 1.5;

    private const string Settings = """
        akka {
          actor.provider = remote
          loglevel = WARNING, stdout-loglevel = WARNING, log-dead-letters = off
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, maximum-frame-size = 8000000b }
        }
        """;

    /// <summary>Prints the table; <c>--rounds N</c> sets how often each body is run, in turn. <c>serve</c> is the other process.</summary>
    public static int Run(string[] arguments)
    {
        if (arguments is ["serve"])
            return Serve();
        var rounds = arguments is [.., "--rounds", var n] ? int.Parse(n, CultureInfo.InvariantCulture) : 7;
        using var other = StartOther();
        try
        {
            var address = Address.Parse(other.StandardOutput.ReadLine()!);
            var port = int.Parse(other.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            return MeasureAsync(rounds, address, port).GetAwaiter().GetResult();
        }
        finally
        {
            other.StandardInput.Close(); // its sign to end
            other.WaitForExit();
        }
    }

    private static Process StartOther() =>
        Process.Start(
            new ProcessStartInfo("dotnet", ["exec", typeof(RemoteBenchmark).Assembly.Location, "remote", "serve"])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;

    private static int Serve()
    {
        using var system = ActorSystem.Create("there", ConfigurationFactory.ParseString(Settings));
        system.ActorOf(Props.Create(() => new Echo()), "echo");
        system.ActorOf(Props.Create(() => new Sink()), "sink");
        Console.WriteLine(((ExtendedActorSystem)system).Provider.DefaultAddress);
        Console.WriteLine(RawEcho.Serve(Small));
        Console.In.ReadToEnd();
        system.Terminate().Wait();
        return 0;
    }

    private static async Task<int> MeasureAsync(int rounds, Address address, int port)
    {
        using var system = ActorSystem.Create("here", ConfigurationFactory.ParseString(Settings));
        var echo = await system.ActorSelection(address + "/user/echo").ResolveOne(TimeSpan.FromSeconds(10));
        var sink = await system.ActorSelection(address + "/user/sink").ResolveOne(TimeSpan.FromSeconds(10));
        using var rawEcho = await RawEcho.ConnectAsync(port, echo: true);
        using var rawCopy = await RawEcho.ConnectAsync(port, echo: false);
        List<double> tells = [],
            blobs = [],
            copies = [],
            asks = [],
            echoes = [],
            tails = [];
        for (var round = -2; round < rounds; round++) // two to warm up
        {
            var ask = await LatenciesAsync(async message => await echo.Ask<byte[]>(message));
            var raw = await LatenciesAsync(message => EchoAsync(rawEcho, message));
            var tell = Tell(system, sink, Small, SmallMessages, window: 4096);
            var blob = Tell(system, sink, Large, LargeMessages, window: 16);
            var copy = await CopyAsync(rawCopy, LargeMessages);
            if (round < 0)
                continue;
            asks.Add(ask[ask.Length / 2]);
            tails.Add(ask[(int)(0.99 * ask.Length)]);
            echoes.Add(raw[raw.Length / 2]);
            tells.Add(SmallMessages / tell / 1e3);
            blobs.Add(LargeMessages / blob * Large / 1e6);
            copies.Add(LargeMessages / copy * Large / 1e6);
        }
        var ratios = Measure.Ratios(asks, echoes).ToArray();
        Console.WriteLine($"Machine: {Measure.Machine()}");
        Console.WriteLine($"Two processes on loopback. Median of {rounds} rounds in turn (smallest - largest).");
        Console.WriteLine();
        Console.WriteLine("| what | actors | bare socket | ratio |");
        Console.WriteLine("|---|---|---|---|");
        Console.WriteLine($"| Tell of 100 B, 4096 in flight, k/s | {Measure.Show(tells, "0")} | | |");
        Console.WriteLine(
            $"| Tell of 1 MiB, 16 in flight, MB/s | {Measure.Show(blobs, "0")} | {Measure.Show(copies, "0")} | {Measure.Show(Measure.Ratios(blobs, copies))} |"
        );
        Console.WriteLine(
            $"| Ask of 100 B, p50, us | {Measure.Show(asks, "0")} | {Measure.Show(echoes, "0")} | {Measure.Show(ratios)} |"
        );
        Console.WriteLine($"| Ask of 100 B, p99, us | {Measure.Show(tails, "0")} | | |");
        await system.Terminate();
        return Measure.Spread(ratios).Median <= AskLimit ? 0 : 1;
    }

    /// <summary>Microseconds of each round trip, sorted.</summary>
    private static async Task<double[]> LatenciesAsync(Func<byte[], Task> roundTrip)
    {
        var message = new byte[Small];
        var times = new double[Asks];
        for (var i = 0; i < Asks; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            await roundTrip(message);
            times[i] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
        }
        Array.Sort(times);
        return times;
    }

    private static async Task EchoAsync(Socket socket, byte[] message)
    {
        await socket.SendAsync(message);
        await RawEcho.ReadAsync(socket, message);
    }

    /// <summary>Seconds for a number of messages, at most a window of them unacknowledged.</summary>
    private static double Tell(ActorSystem system, IActorRef sink, int size, int messages, int window)
    {
        using var room = new SemaphoreSlim(window);
        var acknowledged = system.ActorOf(Props.Create(() => new Acknowledged(room)));
        var batch = window / 4;
        sink.Tell(batch, acknowledged);
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

    /// <summary>Seconds for the same bytes over a bare socket, as many at a time.</summary>
    private static async Task<double> CopyAsync(Socket socket, int messages)
    {
        var message = new byte[Large];
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

    private sealed class Echo : ReceiveActor
    {
        public Echo() => Receive<byte[]>(m => Sender.Tell(m, Self));
    }

    /// <summary>Counts messages and acknowledges each batch; its size comes first.</summary>
    private sealed class Sink : ReceiveActor
    {
        private int _batch = 1;
        private int _count;

        public Sink()
        {
            Receive<int>(batch => (_batch, _count) = (batch, 0));
            Receive<byte[]>(_ =>
            {
                if (++_count % _batch == 0)
                    Sender.Tell(_batch, Self);
            });
        }
    }

    private sealed class Acknowledged : ReceiveActor
    {
        public Acknowledged(SemaphoreSlim room) => Receive<int>(batch => room.Release(batch));
    }
}
