using Akka.Configuration;

namespace Akka.Hosting;

/// <summary>Configurations as parts of others.</summary>
public static class Util
{
    /// <summary>The same settings beneath a path: <c>a = 1</c> moved to <c>x.y</c> is <c>x.y.a = 1</c>.</summary>
    public static Config MoveTo(this Config config, string path) =>
        ConfigurationFactory.ParseString($"{path} {{ {config.Root} }}");
}
