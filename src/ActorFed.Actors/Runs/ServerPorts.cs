using ActorFed.Actors.Journal;
using ActorFed.Actors.Roster;
using ActorFed.Actors.Transfer;
using ActorFed.Actors.Trust;

namespace ActorFed.Actors.Runs;

/// <summary>What a run needs beside <see cref="RunPorts"/> when its nodes are other processes.</summary>
/// <param name="Software">What this process runs on; nodes must run on the same.</param>
/// <param name="Transfer">How updates are fetched.</param>
/// <param name="Gate">Who may take part, by signed registrations and updates; null for everybody.</param>
public sealed record ServerPorts(Software Software, TransferPorts Transfer, IGatekeeper? Gate = null)
{
    /// <summary>Standby servers that must have everything before the first round is held; null for a run of one server.</summary>
    public int? Standbys { get; init; }

    /// <summary>What the nodes of a run must be equal in.</summary>
    public Identity IdentityOf(RunHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return new(Software, header.Run, header.SettingsHash, header.BaseModelHash, header.DataHash);
    }
}
