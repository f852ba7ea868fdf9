using System.Globalization;
using System.Runtime.Serialization;
using Xunit.Sdk;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Two values are not equal; the message says what they are for.</summary>
public class AkkaEqualException : XunitException
{
    private readonly string _message;

    public AkkaEqualException(string format = "", params object[] args)
        : base(null) => _message = Filled(format, args);

#pragma warning disable SYSLIB0051 // The surface has this constructor; formatter-based serialization itself is not used.
    protected AkkaEqualException(SerializationInfo info, StreamingContext context)
        : base(null) => _message = info.GetString("Message") ?? "";
#pragma warning restore SYSLIB0051

    public static AkkaEqualException ForMismatchedValues(
        object? expected,
        object? actual,
        string? format = null,
        params object[] args
    )
    {
        var why = string.IsNullOrEmpty(format) ? "The values differ." : Filled(format, args);
        return new AkkaEqualException("{0}", $"{why}\nExpected: {expected ?? "(null)"}\nActual:   {actual ?? "(null)"}");
    }

    public override string Message => _message;

    private static string Filled(string format, object[]? args) =>
        args is { Length: > 0 } ? string.Format(CultureInfo.InvariantCulture, format, args) : format;
}
