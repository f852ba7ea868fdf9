using System.Globalization;
using System.Net.Sockets;
using Akka.Actor;

namespace ActorFed.Benchmarks.Kernel;

/// <summary>How do Tell, Ask and the transfer of blobs between two processes stand beside a bare socket that carries the same bytes in the same run?</summary>
internal sealed class RemoteBenchmark(Address there, int port)
{
    private const int Large = 1 << 20;
    private const int SmallMessages = 409_600; // a whole number of windows: the last batch is acknowledged too
    private const int LargeMessages = 400;
    private const int Asks = 4_000;
    private const int WarmUps = 8; // two processes' compilers have to be done with what runs here
    private const double AskLimit = 1.5;
    private const double BlobLimit = 0.5;

    private readonly List<Sample> _samples = [];

    /// <summary>Of one round: messages, blobs and copies in MB/s, latencies in microseconds.</summary>
    private sealed record Sample(
        double Ask,
        double Tail,
        double Echo,
        double Small,
        double Large,
        double Copy,
        double Blobs,
        double Hashed
    );

    /// <summary>Prints the table; <c>--rounds N</c> sets how often each body is run, in turn.</summary>
    public static int Run(string[] arguments)
    {
        using var other = Peer.Start(RemotePeer.Role);
        var there = Address.Parse(other.Hear());
        var port = int.Parse(other.Hear(), CultureInfo.InvariantCulture);
        var bench = new RemoteBenchmark(there, port);
        bench.TakeAsync(Options.Number(arguments, "--rounds", 7)).Wait();
        return bench.Print();
    }

    private async Task TakeAsync(int rounds)
    {
        using var system = ActorSystem.Create("here", RemotePeer.Settings);
        var (echo, sink, source) = (await Find(system, "echo"), await Find(system, "sink"), await Find(system, "blobs"));
        using var rawEcho = await RawEcho.ConnectAsync(port, RawEcho.Echo);
        using var rawCopy = await RawEcho.ConnectAsync(port, RawEcho.Copy);
        using var rawHash = await RawEcho.ConnectAsync(port, RawEcho.CopyAndHash);
        var names = RemoteBlobs.Names();
        for (var round = -WarmUps; round < rounds; round++)
        {
            var ask = await RemoteBodies.LatenciesAsync(Asks, async message => await echo.Ask<byte[]>(message));
            var raw = await RemoteBodies.LatenciesAsync(Asks, message => RemoteBodies.EchoAsync(rawEcho, message));
            var sample = new Sample(
                ask[ask.Length / 2],
                ask[(int)(0.99 * ask.Length)],
                raw[raw.Length / 2],
                SmallMessages / RemoteBodies.Tell(system, sink, RemotePeer.Small, SmallMessages, window: 4096) / 1e3,
                Megabytes(RemoteBodies.Tell(system, sink, Large, LargeMessages, window: 16)),
                await CopyAsync(rawCopy),
                Megabytes(RemoteBlobs.Fetch(system, source, names, LargeMessages)),
                await CopyAsync(rawHash)
            );
            if (round >= 0)
                _samples.Add(sample);
        }
        await system.Terminate();
    }

    private Task<IActorRef> Find(ActorSystem system, string name) =>
        system.ActorSelection($"{there}/user/{name}").ResolveOne(TimeSpan.FromSeconds(10));

    private static async Task<double> CopyAsync(Socket socket) =>
        Megabytes(await RemoteBodies.CopyAsync(socket, Large, LargeMessages));

    private static double Megabytes(double seconds) => LargeMessages / seconds * Large / 1e6;

    private int Print()
    {
        Console.WriteLine($"Machine: {Measure.Machine()}");
        Console.WriteLine($"Two processes on loopback. Median of {_samples.Count} rounds in turn (smallest - largest).");
        Console.WriteLine();
        Console.WriteLine("| what | actors | bare socket | ratio | limit |");
        Console.WriteLine("|---|---|---|---|---|");
        Alone("Tell of 100 B, 4096 in flight, k/s", s => s.Small);
        Beside("Tell of 1 MiB, 16 in flight, MB/s", s => s.Large, s => s.Copy, "");
        var blobs = Beside("blobs of 1 MiB, hashed, MB/s", s => s.Blobs, s => s.Hashed, "at least 0.5");
        var asks = Beside("Ask of 100 B, p50, us", s => s.Ask, s => s.Echo, "at most 1.5");
        Alone("Ask of 100 B, p99, us", s => s.Tail);
        var limits = new Limits();
        limits.AtLeast("the rate of blobs beside a bare socket", blobs, BlobLimit);
        limits.AtMost("Ask beside a bare echo", asks, AskLimit);
        return limits.End();
    }

    private void Alone(string name, Func<Sample, double> value) =>
        Console.WriteLine($"| {name} | {Measure.Show(_samples.Select(value), "0")} | | | |");

    private double Beside(string name, Func<Sample, double> actors, Func<Sample, double> bare, string limit)
    {
        var (a, b) = (_samples.Select(actors).ToArray(), _samples.Select(bare).ToArray());
        var ratios = Measure.Ratios(a, b).ToArray();
        Console.WriteLine($"| {name} | {Measure.Show(a, "0")} | {Measure.Show(b, "0")} | {Measure.Show(ratios)} | {limit} |");
        return Measure.Spread(ratios).Median;
    }
}
