using Akka.Actor;
using Akka.Configuration;

namespace Akka.Tests.Actor;

/// <summary>akka.extensions: made when the system starts, before anybody asks.</summary>
public sealed class ExtensionSpec
{
    private static string NameOf<T>() => $"\"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}\"";

    public sealed class Greeting(ExtendedActorSystem system) : IExtension
    {
        public string Text { get; } = "hello " + system.Name;
    }

    public sealed class GreetingId : ExtensionIdProvider<Greeting>
    {
        public override Greeting CreateExtension(ExtendedActorSystem system) => new(system);
    }

    public sealed class Broken : IExtension;

    public sealed class BrokenId : ExtensionIdProvider<Broken>
    {
        public override Broken CreateExtension(ExtendedActorSystem system) => throw new InvalidOperationException("broken");
    }

    public sealed class EmptyId : ExtensionIdProvider<Broken>
    {
        public override Broken CreateExtension(ExtendedActorSystem system) => null!;
    }

    public sealed class NoId;

    [Fact]
    public async Task An_extension_that_the_configuration_names_is_there_from_the_start()
    {
        await using var local = new LocalSystem($"akka.extensions = [{NameOf<GreetingId>()}]");

        Assert.True(local.Sys.HasExtension<Greeting>());
        Assert.True(local.Sys.TryGetExtension<Greeting>(out var greeting));
        Assert.Equal("hello spec", greeting.Text);
        Assert.Same(greeting, new GreetingId().Apply(local.Sys));
    }

    [Fact]
    public async Task One_that_nobody_registered_is_not_there()
    {
        await using var local = new LocalSystem();

        Assert.False(local.Sys.HasExtension<Greeting>());
        Assert.False(local.Sys.TryGetExtension<Greeting>(out _));
        Assert.Throws<ArgumentException>(() => local.Sys.GetExtension<Greeting>());
    }

    [Fact]
    public void A_name_that_is_no_extension_is_a_configuration_error()
    {
        var missing = Assert.Throws<ConfigurationException>(() => new LocalSystem("akka.extensions = [\"No.Such, Type\"]"));
        var other = Assert.Throws<ConfigurationException>(() => new LocalSystem($"akka.extensions = [{NameOf<NoId>()}]"));

        Assert.Contains("No.Such, Type", missing.Message, StringComparison.Ordinal);
        Assert.Contains("is no extension id", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_extension_that_cannot_be_made_stops_the_start_with_its_own_failure()
    {
        var failed = Assert.Throws<InvalidOperationException>(() => new LocalSystem($"akka.extensions = [{NameOf<BrokenId>()}]"));
        var empty = Assert.Throws<IllegalActorStateException>(() => new LocalSystem($"akka.extensions = [{NameOf<EmptyId>()}]"));

        Assert.Equal("broken", failed.Message);
        Assert.Contains("EmptyId", empty.Message, StringComparison.Ordinal);
    }
}
