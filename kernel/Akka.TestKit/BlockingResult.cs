namespace Akka.TestKit;

/// <summary>The result of a task whose waits block: it has ended already, with its own exception and not an aggregate of it.</summary>
internal static class BlockingResult
{
    public static T Wait<T>(this ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();
}
