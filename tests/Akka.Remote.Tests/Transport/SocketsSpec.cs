using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Transport;

namespace Akka.Remote.Tests.Transport;

public sealed class SocketsSpec : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create(
        "sockets",
        ConfigurationFactory.ParseString(
            "akka { loglevel = OFF, stdout-loglevel = OFF, actor.provider = remote, remote.dot-netty.tcp { hostname = \"127.0.0.1\", port = 0 } }"
        )
    );

    public void Dispose() => _system.Terminate().Wait();

    [Fact]
    public void What_a_connection_does_not_take_stays_out_of_its_socket_where_others_can_overtake_it()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.ReceiveBufferSize = 64 * 1024;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var sockets = new Sockets(
            new TcpSettings(_system.Settings.Config),
            tls: null,
            _system.Scheduler,
            TimeSpan.FromSeconds(10)
        );
        using var socket = sockets.Configured(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        socket.SendBufferSize = 16 << 20; // fault: somebody was told that large buffers are fast
        socket.Connect(listener.LocalEndPoint!);
        using var peer = listener.Accept(); // and reads nothing
        socket.Blocking = false;
        var (taken, part) = (0, new byte[16 * 1024]);
        var error = SocketError.Success;
        while (error == SocketError.Success)
        {
            taken += socket.Send(part, 0, part.Length, SocketFlags.None, out error);
        }

        Assert.Equal(SocketError.WouldBlock, error);
        Assert.InRange(taken, part.Length, OperatingSystem.IsLinux() ? 1 << 20 : int.MaxValue);
    }
}
