using System.Collections.Immutable;
using ActorFed.Host.Settings;
using Akka.Actor;

namespace ActorFed.Host.Cluster;

/// <summary>What the command line asks of <c>join</c>.</summary>
/// <param name="Settings">What it says about settings that are this node's own.</param>
/// <param name="Runs">The run's path at each server that was named; at least one.</param>
/// <param name="Listen">Where to listen; null for what the settings say.</param>
/// <param name="Out">The node's folder: personal states of its clients, unfinished downloads; null for one below nodes/.</param>
internal sealed record NodeRequest(SettingOverrides Settings, ImmutableArray<ActorPath> Runs, Listen? Listen, string? Out);
