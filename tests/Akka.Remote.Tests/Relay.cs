using System.Net;
using System.Net.Sockets;

namespace Akka.Remote.Tests;

/// <summary>Stands between systems: forwards bytes until it is frozen (nothing moves, nothing closes) or cut.</summary>
internal sealed class Relay : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _sockets = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource _moving = new();
    private int _target;

    public Relay()
    {
        _moving.SetResult();
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Where to forward to: the port that a system has bound.</summary>
    public void Forward(int port) => Volatile.Write(ref _target, port);

    public void Freeze() => _moving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Thaw() => _moving.TrySetResult();

    /// <summary>Ends all connections; new ones are taken.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _sockets.ForEach(s => s.Dispose());
            _sockets.Clear();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var from = await _listener.AcceptAsync();
                var to = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                from.NoDelay = true;
                lock (_gate)
                    _sockets.AddRange([from, to]);
                await to.ConnectAsync(IPAddress.Loopback, Volatile.Read(ref _target));
                _ = PumpAsync(from, to);
                _ = PumpAsync(to, from);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Cut();
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var read and > 0)
            {
                await _moving.Task;
                for (var sent = 0; sent < read; )
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // cut
        }
        from.Dispose();
        to.Dispose();
    }

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
        Thaw();
    }
}
