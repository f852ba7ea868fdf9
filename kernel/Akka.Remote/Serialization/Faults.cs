using System.Reflection;
using Akka.Actor;
using Akka.Remote.Serialization.Proto;

namespace Akka.Remote.Serialization;

/// <summary>Exceptions on the wire.</summary>
/// <remarks>
/// Only those of the core library and of Akka come back as what they were; what else the other side names is a
/// <see cref="RemoteFaultException"/>: a name from the wire never loads or makes a type of somebody's choice.
/// </remarks>
internal static class Faults
{
    private const int MostInner = 16;

    public static Fault? Write(Exception? cause, int depth = 0) =>
        cause is null || depth > MostInner
            ? null
            : new Fault
            {
                Type = cause is RemoteFaultException remote ? remote.RemoteType : cause.GetType().FullName!,
                Message = cause.Message,
                Stack = cause.StackTrace ?? "",
                Inner = Write(cause.InnerException, depth + 1),
            };

    public static Exception? Read(Fault? fault)
    {
        if (fault is null)
            return null;
        var inner = Read(fault.Inner);
        return Known(fault.Type) is { } type
            ? Make(type, fault.Message, inner) ?? new RemoteFaultException(fault.Type, fault.Message, inner)
            : new RemoteFaultException(fault.Type, fault.Message, inner);
    }

    private static Type? Known(string name)
    {
        var type = typeof(object).Assembly.GetType(name) ?? typeof(AkkaException).Assembly.GetType(name);
        return type is { IsAbstract: false } && type.IsSubclassOf(typeof(Exception)) ? type : null;
    }

    private static Exception? Make(Type type, string message, Exception? inner)
    {
        const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;
        try
        {
            if (type.GetConstructor(Public, [typeof(string), typeof(Exception)]) is { } both)
                return (Exception)both.Invoke([message, inner]);
            return (Exception?)type.GetConstructor(Public, [typeof(string)])?.Invoke([message]);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }
}

/// <summary>An exception of another system of a type that this one does not make from a name.</summary>
internal sealed class RemoteFaultException(string type, string message, Exception? inner)
    : AkkaException($"{type}: {message}", inner)
{
    public string RemoteType { get; } = type;
}
