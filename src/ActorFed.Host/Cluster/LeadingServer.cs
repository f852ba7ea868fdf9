using System.Collections.Immutable;
using ActorFed.Actors.Journal;
using ActorFed.Host.Security;
using ActorFed.Host.Settings;
using ActorFed.Host.Simulation;
using Akka.Actor;
using Akka.Configuration;
using static ActorFed.Actors.Roster.RosterProtocol;

namespace ActorFed.Host.Cluster;

/// <summary>The server that a standby stands by for.</summary>
/// <param name="Seeds">The run's paths at the servers that were named.</param>
/// <param name="Told">What it said of its run.</param>
internal sealed record LeadingServer(ImmutableArray<ActorPath> Seeds, RunDescription Told)
{
    /// <summary>Asks until one answers.</summary>
    /// <exception cref="UserException">None did, or it runs other software.</exception>
    public static async Task<LeadingServer> AskAsync(ImmutableArray<ActorPath> seeds, Config akka, World world)
    {
        using var security = SecureRemoting.OfNode(
            akka.GetString($"{SettingKey.Root}.{SecurityKeys.Folder}", ""),
            world,
            PeerRole.Server
        );
        seeds = ServerAddress.Over(security.Protocol, seeds);
        world.Error.WriteLine($"asking {string.Join(", ", seeds.Select(s => s.Address))}");
        var patience = akka.GetTimeSpan("actorfed.node.patience");
        using var host = await Remoting.StartAsync(akka, security);
        try
        {
            var answer = await Questions.AskAsync(
                ActorHost.SystemOf(host),
                seeds,
                new AskRun(Build.Software),
                patience,
                world.Interrupts.Stop,
                () => security.Guard?.Last
            );
            return answer switch
            {
                RunDescription { Cluster: true } told => new(seeds, told),
                RunDescription => throw new UserException(
                    ExitCode.BadSettings,
                    $"{seeds[0].Address} serves alone; it takes standbys when it is started with --standbys."
                ),
                NodeMismatched m => throw new UserException(ExitCode.BadSettings, Sentence(m)),
                _ => throw new UserException(ExitCode.RunFailed, $"{seeds[0].Address} answered {answer.GetType().Name}."),
            };
        }
        finally
        {
            await host.StopAsync();
        }
    }

    /// <summary>The header of its journal, if this process came to the same run.</summary>
    /// <param name="mine">What it came to.</param>
    /// <exception cref="UserException">Something differs.</exception>
    public RunHeader HeaderFor(RunHeader mine)
    {
        var identity = Told.Identity;
        var found = identity with { Settings = mine.SettingsHash, Data = mine.DataHash, BaseModel = mine.BaseModelHash };
        return identity.Against(found) is { } mismatch
            ? throw new UserException(ExitCode.BadSettings, Sentence(mismatch))
            : new(identity.Run, Told.Settings, identity.Settings, identity.Data, identity.BaseModel, mine.Seed);
    }

    private static string Sentence(NodeMismatched m) =>
        $"turned away: {m.What}: the server has {m.OfServer}, this standby has {m.OfNode}.";
}
