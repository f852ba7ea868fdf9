using Akka.Configuration;

namespace ActorFed.Kernel.VirtualTime;

/// <summary>The configuration that puts an actor system on virtual time and a seeded schedule.</summary>
public static class VirtualTimeHocon
{
    internal const string SchedulerClass = "ActorFed.Kernel.VirtualTime.VirtualScheduler, ActorFed.Kernel.VirtualTime";
    private const string DispatcherClass =
        "ActorFed.Kernel.VirtualTime.SeededDispatcherConfigurator, ActorFed.Kernel.VirtualTime";

    /// <summary>To be used as the topmost configuration of a system.</summary>
    /// <param name="seed">Chooses the schedule when <paramref name="order"/> is random.</param>
    /// <param name="order">fifo: activations run in the order in which they became ready; random: in an order drawn from the seed.</param>
    /// <remarks>Throughput 1: an activation is one message, so that any two messages to different actors can change places.</remarks>
    /// <exception cref="ArgumentException"><paramref name="order"/> is neither fifo nor random.</exception>
    public static Config Create(long seed, string order = "fifo")
    {
        if (order is not ("fifo" or "random"))
            throw new ArgumentException($"order is {order}: use fifo or random.", nameof(order));
        return ConfigurationFactory.ParseString(
            $$"""
            actorfed.virtual-time { seed = {{seed}}, order = {{order}} }
            akka.scheduler.implementation = "{{SchedulerClass}}"
            akka.actor.default-dispatcher { type = "{{DispatcherClass}}", throughput = 1 }
            akka.actor.internal-dispatcher { type = "{{DispatcherClass}}", throughput = 1 }
            """
        );
    }

    internal static IActivationOrder ReadOrder(Config config)
    {
        const string at = "actorfed.virtual-time";
        if (!config.HasPath($"{at}.seed"))
            throw new ConfigurationException($"{at}.seed is missing: a virtual scheduler needs a seed (any whole number).");
        var order = config.GetString($"{at}.order", "fifo");
        return order switch
        {
            "fifo" => new FifoOrder(),
            "random" => new RandomOrder(config.GetLong($"{at}.seed")),
            _ => throw new ConfigurationException($"{at}.order is {order}: use fifo or random."),
        };
    }
}
