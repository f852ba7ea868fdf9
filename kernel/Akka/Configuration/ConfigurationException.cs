using System.Runtime.Serialization;
using Akka.Actor;

namespace Akka.Configuration;

/// <summary>A configuration text or value that cannot be used; the message names the place or path, the value and the rule.</summary>
public class ConfigurationException : AkkaException
{
    public ConfigurationException(string message)
        : base(message) { }

    public ConfigurationException(string message, Exception? exception)
        : base(message, exception) { }

#pragma warning disable SYSLIB0051 // The surface has this constructor; formatter-based serialization itself is not used.
    protected ConfigurationException(SerializationInfo info, StreamingContext context)
        : base(info, context) { }
#pragma warning restore SYSLIB0051

    /// <summary>The error of a component whose section of the configuration is missing.</summary>
    public static ConfigurationException NullOrEmptyConfig(string? path = null) =>
        new(
            string.IsNullOrWhiteSpace(path)
                ? "The configuration is missing or empty."
                : $"The configuration section '{path}' is missing or empty: was its default configuration loaded as a fallback?"
        );
}
