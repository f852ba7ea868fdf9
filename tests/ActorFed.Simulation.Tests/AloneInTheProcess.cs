namespace ActorFed.Simulation.Tests;

/// <summary>The count of live handles is one for the whole process: nothing may run beside these tests.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInTheProcess
{
    public const string Name = "alone in the process";
}
