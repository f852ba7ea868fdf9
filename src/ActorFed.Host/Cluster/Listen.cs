using System.Globalization;
using Akka.Configuration;

namespace ActorFed.Host.Cluster;

/// <summary>Where a process listens.</summary>
/// <param name="Host">A name or an address that the others reach it by.</param>
/// <param name="Port">0 for any free one.</param>
internal sealed record Listen(string Host, int Port)
{
    /// <summary>HOST:PORT.</summary>
    /// <exception cref="UsageException">It is not.</exception>
    public static Listen Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new(text[..colon].Trim('[', ']'), port)
            : throw new UsageException($"--listen {text}: HOST:PORT is expected, e.g. --listen 10.0.0.5:4053.");
    }

    /// <summary>As settings of remoting.</summary>
    public Config ToConfig() =>
        ConfigurationFactory.ParseString(
            $"akka.remote.dot-netty.tcp {{ hostname = \"{Host}\", port = {Port.ToString(CultureInfo.InvariantCulture)} }}"
        );
}
