using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ActorFed.Benchmarks.Kernel;
using Akka.Actor;

namespace ActorFed.Benchmarks.Flood;

/// <summary>Round trips of the sender to the receiver, by Ask and over a bare socket of its own, in turn: first in quiet, then until it is told enough.</summary>
internal static class PingLoop
{
    public const int Bytes = 100;
    private const int InQuiet = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(ActorSystem system)
    {
        var words = (await Console.In.ReadLineAsync())!.Split(' ');
        var echo = await system.ActorSelection(words[0] + "/user/echo").ResolveOne(TimeSpan.FromSeconds(10));
        var host = IPAddress.Parse(Address.Parse(words[0]).Host);
        using var raw = await RawEcho.ConnectAsync(int.Parse(words[1], CultureInfo.InvariantCulture), RawEcho.Echo, host);
        await WhileAsync(echo, raw, turn => turn < InQuiet); // compilers
        var quiet = await WhileAsync(echo, raw, turn => turn < InQuiet);
        var before = ResidentMemory.Restart();
        Console.WriteLine($"quiet {quiet}");
        var enough = Task.Run(Console.ReadLine);
        var flooded = await WhileAsync(echo, raw, _ => !enough.IsCompleted);
        Console.WriteLine($"flooded {flooded}");
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"memory {before / 1e6:0.0} {ResidentMemory.Peak / 1e6:0.0}")
        );
    }

    private static async Task<Pings> WhileAsync(IActorRef echo, Socket raw, Func<int, bool> goOn)
    {
        List<double> asks = [],
            raws = [];
        var message = new byte[Bytes];
        for (var turn = 0; goOn(turn); turn++)
        {
            asks.Add(await TimeAsync(() => echo.Ask<byte[]>(message)));
            raws.Add(
                await TimeAsync(async () =>
                {
                    await raw.SendAsync(message);
                    await RawEcho.ReadAsync(raw, message);
                })
            );
            await Task.Delay(Pause);
        }

        return Pings.Of(asks, raws);
    }

    private static async Task<double> TimeAsync(Func<Task> roundTrip)
    {
        var begin = Stopwatch.GetTimestamp();
        await roundTrip();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }
}

/// <summary>Round trips in ms: median, 99 %, largest.</summary>
internal sealed record Pings(int Count, double[] Ask, double[] Raw)
{
    public static Pings Of(List<double> ask, List<double> raw) => new(ask.Count, Three(ask), Three(raw));

    public static Pings Read(string[] words)
    {
        var v = words.Select(w => double.Parse(w, CultureInfo.InvariantCulture)).ToArray();
        return new((int)v[0], v[1..4], v[4..7]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} {Line(Ask)} {Line(Raw)}");

    private static string Line(double[] v) => string.Join(' ', v.Select(x => x.ToString("0.000", CultureInfo.InvariantCulture)));

    private static double[] Three(List<double> times)
    {
        times.Sort();
        return [times[times.Count / 2], times[(int)(0.99 * times.Count)], times[^1]];
    }
}
