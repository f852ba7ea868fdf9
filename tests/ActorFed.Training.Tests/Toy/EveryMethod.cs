using ActorFed.Training.Methods;

namespace ActorFed.Training.Tests.Toy;

/// <summary>The catalogue as data of theories: a new method is held to what all of them promise without a line of its own.</summary>
public static class EveryMethod
{
    public static TheoryData<string> Names => [.. MethodCatalog.All.Select(m => m.Name)];

    /// <summary>Those that take optimiser steps.</summary>
    public static TheoryData<string> Trained => [.. MethodCatalog.All.Select(m => m.Name).Where(n => n != "head-ridge")];

    /// <summary>Budgets of a mixed fleet: 1/4, 1/2, 3/4, 1 and again.</summary>
    internal static double Mixed(Federation.ClientId client) => (1 + (int.Parse(client.Value[^5..]) % 4)) / 4.0;
}
