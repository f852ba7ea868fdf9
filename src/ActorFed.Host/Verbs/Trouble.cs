using ActorFed.Actors.Configuration;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Store;
using ActorFed.Host.Runs;
using ActorFed.Training.Data;
using ActorFed.Training.Models;
using ActorFed.Training.Partitioning;
using ActorFed.Training.Tokenizers;
using Akka.Configuration;
using RunFailedException = ActorFed.Actors.Runs.RunFailedException;

namespace ActorFed.Host.Verbs;

/// <summary>What an exception means for the user: what can be mended is a plain message, a bug keeps its stack trace.</summary>
public static class Trouble
{
    /// <summary>Writes the message and gives the code.</summary>
    public static ExitCode Show(Exception trouble, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(trouble);
        ArgumentNullException.ThrowIfNull(error);
        var code = CodeOf(trouble);
        error.WriteLine(
            code == ExitCode.Bug ? $"A bug in ActorFed; please report it:{Environment.NewLine}{trouble}" : trouble.Message
        );
        return code;
    }

    /// <summary>The table.</summary>
    public static ExitCode CodeOf(Exception trouble) =>
        trouble switch
        {
            UserException known => known.Code,
            InvalidSettingsException or ConfigurationException => ExitCode.BadSettings,
            DatasetException { IsMissing: true } => ExitCode.Missing,
            // Set-up mends its own files: missing, short or changed.
            BaseModelException or TokenizerException => ExitCode.Missing,
            PartitionException or PlanException => ExitCode.BadSettings,
            DatasetException or DiskException or BlobMissingException or BlobCorruptException => ExitCode.RunFailed,
            // A file, a folder or a pipe of the user's: the message names it.
            IOException or UnauthorizedAccessException => ExitCode.RunFailed,
            OperationCanceledException => ExitCode.Interrupted,
            // A run that fails for a reason of its own (no quorum) has no cause; one that fails by a bug carries it.
            RunFailedException { InnerException: null } => ExitCode.RunFailed,
            RunFailedException or JournalException when trouble.InnerException is { } cause => CodeOf(cause),
            _ => ExitCode.Bug,
        };
}
