using System.Net.Sockets;
using Akka.Event;
using Akka.Remote.Wire;

namespace Akka.Remote.Transport;

/// <summary>Takes connections from other systems, a bounded number of them, and does the handshake in bounded time.</summary>
internal sealed class Listener(TcpRemoting remoting, Sockets sockets, Socket socket, int most)
{
    private int _connections;
    private int _refusedInARow;
    private volatile bool _closed;

    public async Task RunAsync()
    {
        while (!_closed)
        {
            Socket accepted;
            try
            {
                accepted = await socket.AcceptAsync().ConfigureAwait(false);
            }
            catch (Exception e)
            {
                if (_closed)
                    return;
                remoting.Log.Warning("A connection could not be accepted: {0}", e.Message); // out of file handles, say: it may pass
                await remoting.AtMost(new TaskCompletionSource().Task, TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);
                continue;
            }
            if (Interlocked.Increment(ref _connections) > most)
                Refuse(accepted);
            else
                _ = WelcomeAsync(accepted);
        }
    }

    /// <summary>One log line for a row of refusals: a flood of connections is no flood of the log.</summary>
    private void Refuse(Socket accepted)
    {
        if (_refusedInARow++ == 0)
            remoting.Log.Warning(
                "A connection from [{0}] is refused: there are {1} already (actorfed.kernel.remote.max-inbound-connections)",
                accepted.RemoteEndPoint,
                most
            );
        accepted.Dispose();
        Ended();
    }

    private async Task WelcomeAsync(Socket accepted)
    {
        _refusedInARow = 0;
        var peer = accepted.RemoteEndPoint?.ToString() ?? "unknown";
        using var limit = sockets.HandshakeLimit();
        try
        {
            sockets.Configured(accepted);
            var opened = await sockets.OpenAsync(accepted, null, peer, limit.Token).ConfigureAwait(false);
            var hello = await Handshake.ReadHelloAsync(opened.Reader, remoting.Tcp.BigEndian, limit.Token).ConfigureAwait(false);
            var (reply, from) = remoting.Judge(hello);
            await Handshake.ReplyAsync(reply, opened.Stream, opened.Writer, limit.Token).ConfigureAwait(false);
            if (from is null)
                throw new HandshakeRefused(reply.Refusal, reply.Reason);
            var channel = hello.Channel == Channel.Control ? Channel.Control : Channel.Data;
            var (link, reader) = remoting.MakeLink(
                opened,
                new LinkPeer(from, hello.Uid, channel, remoting.PeerLimit(hello.MaxFrame), true)
            );
            if (!remoting.AssociationWith(from).Adopt(link, reader))
                Ended();
        }
        catch (Exception e)
        {
            var why = limit.IsOver ? $"no handshake within {remoting.Settings.HandshakeTimeout}" : e.Message;
            remoting.Log.Warning("A connection from [{0}] is closed: {1}", peer, why);
            accepted.Dispose();
            Ended();
        }
    }

    /// <summary>One of the connections is over.</summary>
    public void Ended() => Interlocked.Decrement(ref _connections);

    public void Close()
    {
        _closed = true;
        socket.Dispose();
    }
}
