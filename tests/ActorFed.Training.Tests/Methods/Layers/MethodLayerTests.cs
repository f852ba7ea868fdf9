using System.Reflection;
using ActorFed.Training.Methods;
using ActorFed.Training.Methods.Layers;

namespace ActorFed.Training.Tests.Methods.Layers;

/// <summary>A layer that forgot one function would silently give the interface's default in its place.</summary>
public sealed class MethodLayerTests
{
    [Fact]
    public void Every_function_of_a_method_is_passed_on()
    {
        var missing = typeof(ITrainableMethod)
            .GetInterfaces()
            .Append(typeof(ITrainableMethod))
            .Select(i => typeof(RidgeStart).GetInterfaceMap(i))
            .SelectMany(m => m.InterfaceMethods.Zip(m.TargetMethods))
            .Where(m => !typeof(MethodLayer).IsAssignableFrom(m.Second.DeclaringType))
            .Select(m => m.First.Name);
        Assert.Empty(missing);
    }
}
