using System.Collections.Immutable;
using ActorFed.Actors.Clients;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Store;
using ActorFed.Training.Federation;
using Akka.Actor;

namespace ActorFed.Actors.Nodes;

/// <summary>One node: which clients live there and what they train with.</summary>
/// <param name="Name">The node's name; unique in the run.</param>
/// <param name="Seed">The run's seed: availability is drawn from it.</param>
/// <param name="Clients">In client order.</param>
/// <param name="Devices">At least one.</param>
/// <param name="Work">What the devices pull from.</param>
/// <param name="Blobs">Tensors by hash.</param>
/// <param name="Personal">What clients keep.</param>
/// <param name="ResendAfter">An unanswered update or registration is sent again after this long.</param>
/// <param name="Server">Where the node registers, and pulls blobs from.</param>
/// <param name="Membership">Null within one process, where the blob store is shared and nothing can differ.</param>
public sealed record NodeSpec(
    string Name,
    long Seed,
    ImmutableArray<ClientProfile> Clients,
    ImmutableArray<IDevice> Devices,
    WorkQueue Work,
    IBlobStore Blobs,
    IPersonalStore Personal,
    TimeSpan ResendAfter,
    ICanTell Server,
    Membership? Membership = null
);
