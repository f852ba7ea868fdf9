using System.Collections.Immutable;
using ActorFed.Actors.Clients;
using ActorFed.Actors.Configuration;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Nodes;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Store;
using ActorFed.Host.Runs;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.Configuration;

namespace ActorFed.Host.Simulation;

/// <summary>What the actors need to hold a prepared run in this process.</summary>
internal static class RunSetup
{
    /// <summary>Bytes of updates in flight; a round of a thousand clients of 1 MB fits.</summary>
    private const long BlobBound = 4L << 30;

    /// <summary>The run as the actors see it.</summary>
    /// <param name="run">What it is made of.</param>
    /// <param name="header">What its journal shall begin with, or began with.</param>
    /// <param name="testAtEnd">Whether the final model is judged on the test part.</param>
    public static RunSpec Spec(Preparation run, RunHeader header, bool testAtEnd = true) =>
        new(header, RoundsOf(run), RoundOf(run), run.Profiles, run.Method, CohortChoice.Of(run), testAtEnd);

    /// <summary>Its world: one device, blobs in memory, the rest in its folder.</summary>
    public static RunPorts Ports(RunFolder folder, IDisk disk, IRunJournal journal, IDevice device) =>
        new([device], new MemoryBlobStore(BlobBound), journal, Personal(folder, disk));

    /// <summary>What its clients keep, in its folder.</summary>
    public static DiskPersonalStore Personal(RunFolder folder, IDisk disk) => new(disk, Path.Combine(folder.Path, "personal"));

    /// <summary>A node that trains some of a run's clients for a server elsewhere.</summary>
    public static NodeSpec Node(
        string name,
        Preparation run,
        ImmutableArray<ClientProfile> clients,
        IDevice device,
        IPersonalStore personal,
        ICanTell server,
        Membership membership
    ) =>
        new(
            name,
            run.Settings.Seed,
            clients,
            [device],
            new WorkQueue(),
            new MemoryBlobStore(BlobBound),
            personal,
            RoundOf(run).ResendAfter,
            server,
            membership
        );

    /// <summary>Who is invited to each round's first attempt.</summary>
    public static ImmutableArray<ImmutableArray<ClientId>> PlannedCohorts(Preparation run)
    {
        var (draw, count) = (CohortChoice.Of(run), RoundOf(run).Invited(run.Profiles.Length));
        return [.. Enumerable.Range(1, RoundsOf(run)).Select(r => draw(new(r), 0, count))];
    }

    // A closed form has nothing more to do after its last round.
    private static int RoundsOf(Preparation run) => Math.Min(run.Settings.Rounds, run.Method.LastRound ?? int.MaxValue);

    // Natural partitions know their clients only now.
    private static RoundOptions RoundOf(Preparation run) =>
        RoundSettings.Load(ConfigurationFactory.ParseString(run.Settings.ToText()), run.Profiles.Length);
}
