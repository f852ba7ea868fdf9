using ActorFed.Actors.Journal;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Wire;
using ActorFed.Host.Runs;
using ActorFed.Host.Settings;
using ActorFed.Host.Terminal;
using ActorFed.Kernel.VirtualTime;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace ActorFed.Host.Simulation;

/// <summary>Server and clients in this process, on virtual time.</summary>
internal sealed class SimulatedStage : IRunStage
{
    public string Verb => "simulate";

    public bool HasPersonalStates => true;

    public Config Below(Config below) => below;

    public RunHeader HeaderOf(RunHeader mine) => mine;

    public Setup? Setup => null;

    public void Check(RunSettings settings, World world) { }

    public void Open(RunFolder folder, IRunDisplay display) { }

    public void Dispose() { }

    public Config Akka(RunSpec spec, Config settings) =>
        VirtualTimeHocon.Create(spec.Seed).WithFallback(settings).WithFallback(WireConfiguration.Reference);

    public RunHandle Start(ActorSystem system, RunSpec spec, RunPorts ports, IRunDisplay display) =>
        RunLauncher.Start(system, spec, ports);
}
