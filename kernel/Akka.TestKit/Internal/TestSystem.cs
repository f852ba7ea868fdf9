using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace Akka.TestKit.Internal;

/// <summary>Actor systems with the test kit's settings.</summary>
internal static class TestSystem
{
    public const string TestActorDispatcher = "akka.test.test-actor.dispatcher";

    public static ActorSystemSetup WithDefaults(ActorSystemSetup setup)
    {
        var bootstrap = setup.Get<BootstrapSetup>() is { HasValue: true } given ? given.Value : BootstrapSetup.Create();
        var config = bootstrap.Config is { HasValue: true } own ? own.Value : Config.Empty;
        return setup.WithSetup(bootstrap.WithConfig(config.WithFallback(TestKitBase.DefaultConfig)));
    }

    /// <summary>A system that was made elsewhere lacks the dispatchers of test actors.</summary>
    public static void EnsureDispatchers(ActorSystem system)
    {
        foreach (var id in new[] { TestActorDispatcher, CallingThreadDispatcher.Id })
        {
            if (system.Dispatchers.HasDispatcher(id))
                continue;
            var config = TestKitBase.DefaultConfig.GetConfig(id)!.WithFallback(ConfigurationFactory.ParseString($"id = {id}"));
            var prerequisites = system.Dispatchers.Prerequisites;
            system.Dispatchers.RegisterConfigurator(id, new CallingThreadDispatcherConfigurator(config, prerequisites));
        }
    }

    /// <summary>The end of a system is awaited on the wall clock: its own scheduler ends with it.</summary>
    public static bool EndsWithin(ActorSystem system, TimeSpan wait)
    {
        try
        {
            return system.Terminate().Wait(wait);
        }
        catch (AggregateException e) when (e.InnerException is OperationCanceledException)
        {
            return true;
        }
    }
}

internal sealed class TestActorProducer(TestActorQueue queue) : IIndirectActorProducer
{
    public Type ActorType => typeof(InternalTestActor);

    public ActorBase Produce() => new InternalTestActor(queue);

    public void Release(ActorBase actor) { }
}
