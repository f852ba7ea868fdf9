using System.Net;
using System.Net.Sockets;

namespace ActorFed.Cluster.Tests;

/// <summary>A link that a test can stop in the middle of a transfer, cut and heal. Bytes pass in pieces of seeded lengths.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private const int LongestPiece = 4096;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<Socket> _open = [];
    private readonly Lock _gate = new();
    private readonly Random _chance;
    private readonly Task _accepting;
    private int _target;
    private bool _marks;
    private bool _cut;
    private Stop? _stop;

    public Relay(int seed)
    {
        _chance = new(seed);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where to connect to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Where connections go.</summary>
    public void LeadTo(int port) => _target = port;

    /// <summary>What is stopped and cut later are connections that begin from now on.</summary>
    public void Mark() => _marks = true;

    /// <summary>Stops a direction of any marked connection once so many bytes went that way on it: they are read no more, and the connection stays.</summary>
    /// <returns>Done when that has happened.</returns>
    public Task StopAfter(Way way, long bytes)
    {
        lock (_gate)
        {
            _stop = new(way, bytes, new(TaskCreationOptions.RunContinuationsAsynchronously));
            return _stop.Reached.Task;
        }
    }

    /// <summary>Breaks every marked connection, and each that is tried from now on.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _cut = true;
            _open.ForEach(s => s.Dispose());
            _open.Clear();
        }
    }

    /// <summary>Lets connections pass again.</summary>
    public void Heal()
    {
        lock (_gate)
        {
            (_cut, _stop) = (false, null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        Cut(); // what is not marked ends with its programs
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.AcceptSocketAsync(_end.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task PassAsync(Socket near)
    {
        using var there = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var here = near;
        near.NoDelay = true;
        var marked = _marks;
        lock (_gate)
        {
            if (_cut)
            {
                return;
            }

            _open.AddRange(marked ? [near, there] : []);
        }

        try
        {
            await there.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
            await Task.WhenAny(PumpAsync(near, there, Way.Up, marked), PumpAsync(there, near, Way.Down, marked));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // one side is gone
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Way way, bool marked)
    {
        var piece = new byte[LongestPiece];
        var passed = 0L;
        try
        {
            while (await from.ReceiveAsync(piece.AsMemory(0, Length()), _end.Token) is > 0 and var count)
            {
                await to.SendAsync(piece.AsMemory(0, count), _end.Token);
                passed += count;
                if (marked && Reached(way, passed) is { } stop)
                {
                    stop.Reached.TrySetResult();
                    await new TaskCompletionSource().Task.WaitAsync(_end.Token); // silence
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // one side is gone
        }
    }

    private int Length()
    {
        lock (_gate)
        {
            return _chance.Next(1, LongestPiece + 1);
        }
    }

    private Stop? Reached(Way way, long passed)
    {
        lock (_gate)
        {
            return _stop is { } stop && stop.Way == way && passed >= stop.Bytes ? stop : null;
        }
    }

    private sealed record Stop(Way Way, long Bytes, TaskCompletionSource Reached);
}

/// <summary>A direction of a link.</summary>
internal enum Way
{
    /// <summary>To the one that the relay leads to.</summary>
    Up,

    /// <summary>From it.</summary>
    Down,
}
