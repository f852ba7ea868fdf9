namespace Akka.Hosting;

/// <summary>An actor registry was used against its rules.</summary>
public class ActorRegistryException : Exception
{
    public ActorRegistryException(string message)
        : base(message) { }

    public ActorRegistryException(string message, Exception innerException)
        : base(message, innerException) { }
}

public sealed class DuplicateActorRegistryException : ActorRegistryException
{
    public DuplicateActorRegistryException(string message)
        : base(message) { }

    public DuplicateActorRegistryException(string message, Exception innerException)
        : base(message, innerException) { }
}

public sealed class MissingActorRegistryEntryException : ActorRegistryException
{
    public MissingActorRegistryEntryException(string message)
        : base(message) { }

    public MissingActorRegistryEntryException(string message, Exception innerException)
        : base(message, innerException) { }
}
