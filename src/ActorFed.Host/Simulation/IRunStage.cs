using ActorFed.Actors.Journal;
using ActorFed.Actors.Runs;
using ActorFed.Host.Runs;
using ActorFed.Host.Settings;
using ActorFed.Host.Terminal;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace ActorFed.Host.Simulation;

/// <summary>What a run is held on: one process on virtual time, or a server with nodes elsewhere.</summary>
internal interface IRunStage : IDisposable
{
    /// <summary>The verb, as it is typed.</summary>
    string Verb { get; }

    /// <summary>Whether the clients' personal states are in this process.</summary>
    bool HasPersonalStates { get; }

    /// <summary>What the actor system's own settings stand on, below the user's.</summary>
    Config Below(Config below);

    /// <summary>What the journal is to begin with, or began with.</summary>
    /// <param name="mine">What this process came to.</param>
    RunHeader HeaderOf(RunHeader mine);

    /// <summary>Reads what it needs beside the run's own settings, before anything is prepared.</summary>
    /// <exception cref="UserException">Something is missing or cannot be used; says what.</exception>
    void Check(RunSettings settings, World world);

    /// <summary>What it writes goes here.</summary>
    void Open(RunFolder folder, IRunDisplay display);

    /// <summary>What its actor system needs beside a configuration; null for nothing.</summary>
    Setup? Setup { get; }

    /// <summary>The configuration of its actor system.</summary>
    Config Akka(RunSpec spec, Config settings);

    /// <summary>Starts the run on it.</summary>
    RunHandle Start(ActorSystem system, RunSpec spec, RunPorts ports, IRunDisplay display);
}
