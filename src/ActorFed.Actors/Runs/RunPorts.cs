using System.Collections.Immutable;
using ActorFed.Actors.Clients;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Store;

namespace ActorFed.Actors.Runs;

/// <summary>The world that a run in one process needs; every port is implemented by the host.</summary>
/// <param name="Devices">At least one.</param>
/// <param name="Blobs">Shared by the server and all clients of the process.</param>
/// <param name="Journal">The run's durable decisions.</param>
/// <param name="Personal">What clients keep for themselves.</param>
/// <remarks>
/// <c>RunLauncher.Start(ActorSystem, RunSpec, RunPorts)</c> gives a <c>RunHandle</c>: <c>Task&lt;RunOutcome&gt; Outcome</c> (fails with
/// <see cref="RunFailedException"/>), <c>StopAfterRound()</c> (Ctrl-C: the round is finished and committed, then Outcome.Completed is false)
/// and <c>Abort()</c> (Ctrl-C again: what runs is cancelled, the last commit stands).
/// </remarks>
public sealed record RunPorts(ImmutableArray<IDevice> Devices, IBlobStore Blobs, IRunJournal Journal, IPersonalStore Personal);
