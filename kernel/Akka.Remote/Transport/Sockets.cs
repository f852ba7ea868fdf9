using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Remote.Transport;

/// <summary>Makes sockets as the settings say, and their streams.</summary>
internal sealed class Sockets(TcpSettings settings, Tls? tls, IScheduler scheduler, TimeSpan handshakeTimeout)
{
    // What a socket holds cannot be overtaken. What the connection does not take yet waits in the lane instead, where flows take turns:
    // with the socket's own bound, half a megabyte, an Ask beside a flood of 100 Mbit/s waited for 40 ms.
    private const int MostUnsent = 128 * 1024;
    private const int TcpLevel = 6; // IPPROTO_TCP
    private const int UnsentLowWater = 25; // TCP_NOTSENT_LOWAT

    /// <summary>The bytes of a connection after TLS.</summary>
    public sealed record Opened(Socket Socket, Stream Stream, PipeReader Reader, FrameWriter Writer);

    /// <summary>Cancels after a time on the scheduler's clock; disposing calls it off.</summary>
    public sealed class TimeLimit : IDisposable
    {
        private readonly CancellationTokenSource _source = new();
        private readonly ICancelable _timer;

        public TimeLimit(IScheduler scheduler, TimeSpan time) =>
            _timer = scheduler.Advanced.ScheduleOnceCancelable(time, _source.Cancel);

        public CancellationToken Token => _source.Token;

        public bool IsOver => _source.IsCancellationRequested;

        public void Dispose() => _timer.Cancel();
    }

    public TimeLimit HandshakeLimit() => new(scheduler, handshakeTimeout);

    public async Task<Socket> ConnectAsync(Address to)
    {
        using var limit = new TimeLimit(scheduler, settings.ConnectionTimeout);
        var host = BareHost(to.Host);
        var socket = Make(IsIpv6(host) ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
        try
        {
            await socket.ConnectAsync(host, to.Port!.Value, limit.Token).ConfigureAwait(false);
            return socket;
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (limit.IsOver)
                throw new TimeoutException($"No connection within {settings.ConnectionTimeout}.", e);
            throw;
        }
    }

    public async Task<Opened> OpenAsync(Socket socket, string? connectTo, string peer, CancellationToken cancel)
    {
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        if (tls is not null)
            stream = connectTo is null
                ? await tls.AcceptAsync(stream, peer, cancel).ConfigureAwait(false)
                : await tls.ConnectAsync(stream, BareHost(connectTo), peer, cancel).ConfigureAwait(false);
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        return new Opened(socket, stream, reader, new FrameWriter(settings.BigEndian));
    }

    public async Task<Socket> ListenAsync()
    {
        var at = await EndPointAsync(settings.Hostname).ConfigureAwait(false);
        var socket = Make(at.AddressFamily);
        try
        {
            if (settings.ReuseAddress)
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(at);
            socket.Listen(settings.Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPEndPoint> EndPointAsync(string hostname)
    {
        var host = BareHost(hostname);
        if (host.Length == 0)
            return new IPEndPoint(settings.UseIpv6 ? IPAddress.IPv6Any : IPAddress.Any, settings.Port);
        var family = settings.UseIpv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        if (!IPAddress.TryParse(host, out var address))
            address =
                (await Dns.GetHostAddressesAsync(host, family).ConfigureAwait(false)).FirstOrDefault()
                ?? throw new RemoteTransportException($"akka.remote.dot-netty.tcp.hostname: '{host}' has no {family} address.");
        return new IPEndPoint(address, settings.Port);
    }

    public Socket Configured(Socket socket)
    {
        socket.NoDelay = settings.NoDelay;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, settings.KeepAlive);
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption(TcpLevel, UnsentLowWater, BitConverter.GetBytes(MostUnsent));
        return socket;
    }

    private Socket Make(AddressFamily family)
    {
        var socket = Configured(new Socket(family, SocketType.Stream, ProtocolType.Tcp));
        if (settings.SendBufferSize > 0)
            socket.SendBufferSize = settings.SendBufferSize;
        if (settings.ReceiveBufferSize > 0)
            socket.ReceiveBufferSize = settings.ReceiveBufferSize;
        return socket;
    }

    private bool IsIpv6(string host) =>
        IPAddress.TryParse(host, out var address) ? address.AddressFamily == AddressFamily.InterNetworkV6 : settings.UseIpv6;

    /// <summary>In addresses an IPv6 host stands in brackets.</summary>
    private static string BareHost(string host) => host is ['[', .. var inner, ']'] ? inner : host;
}
