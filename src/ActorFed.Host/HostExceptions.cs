namespace ActorFed.Host;

/// <summary>What the user can mend: shown as a plain message, and ends with the code it carries.</summary>
public class UserException(ExitCode code, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>How the process ends.</summary>
    public ExitCode Code { get; } = code;
}

/// <summary>Something needed is not there. The message says how to get it.</summary>
public sealed class MissingException(string message, Exception? cause = null) : UserException(ExitCode.Missing, message, cause);

/// <summary>A command line that contradicts itself or names what does not exist.</summary>
public sealed class UsageException(string message) : UserException(ExitCode.BadSettings, message);
