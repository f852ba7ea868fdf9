using System.Threading.Channels;
using ActorFed.Actors.Runs;
using ActorFed.Host.Terminal;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.Extensions.Hosting;

namespace ActorFed.Host.Simulation;

/// <summary>The actor system of a run, from its start to its end, and one run on it.</summary>
internal static class ActorStage
{
    /// <summary>Runs it and shows its facts.</summary>
    /// <param name="spec">The run.</param>
    /// <param name="ports">Its world.</param>
    /// <param name="settings">The user's configuration: its section akka is the system's.</param>
    /// <param name="display">Is shown every fact.</param>
    /// <param name="interrupts">The first ends it after the round, the second at once.</param>
    /// <param name="stage">What it is held on; null for this process on virtual time.</param>
    public static async Task<RunOutcome> RunAsync(
        RunSpec spec,
        RunPorts ports,
        Config settings,
        IRunDisplay display,
        Interrupts interrupts,
        IRunStage? stage = null
    )
    {
        stage ??= new SimulatedStage();
        using var host = await ActorHost.StartAsync(stage.Akka(spec, settings), stage.Setup);
        var system = ActorHost.SystemOf(host);
        var facts = Channel.CreateUnbounded<IRunEvent>(new() { SingleReader = true });
        var shown = RunWatcher.ShowAsync(facts.Reader, display);
        system.ActorOf(Props.Create(() => new RunWatcher(facts.Writer)), "watcher");
        try
        {
            var handle = stage.Start(system, spec, ports, display);
            using var stop = interrupts.Stop.Register(() =>
            {
                display.Note("Interrupted: ending after this round. Ctrl-C again ends at once.");
                handle.StopAfterRound();
            });
            using var abort = interrupts.Abort.Register(handle.Abort);
            await Task.WhenAny(handle.Outcome, system.WhenTerminated);
            return handle.Outcome.IsCompleted
                ? await handle.Outcome
                : throw new UserException(
                    ExitCode.RunFailed,
                    "The cluster removed this server: it was out of reach for too long, or on the smaller side of a split. The other "
                        + "servers go on. It may come back as a standby: serve --resume RUN --seed-node HOST:PORT of another."
                );
        }
        finally
        {
            await host.StopAsync();
            await shown;
        }
    }
}
