using System.Collections.Concurrent;
using Akka.Configuration;

namespace Akka.Actor.Internal;

/// <summary>Deployments from akka.actor.deployment, by path below /user; * stands for one element.</summary>
internal sealed class Deployer
{
    private readonly List<(string[] Path, Deploy Deploy)> _deployments = [];

    public Deployer(Settings settings)
    {
        var all = settings.Config.GetConfig("akka.actor.deployment");
        if (all is null)
            return;
        var fallback = all.GetConfig("default") ?? Config.Empty;
        foreach (var (key, _) in all.AsEnumerable())
        {
            if (key.StartsWith('/'))
                _deployments.Add((key.Split('/', StringSplitOptions.RemoveEmptyEntries), Parse(key, all, fallback)));
        }
    }

    private static Deploy Parse(string key, Config all, Config fallback)
    {
        var config = all.GetConfig($"\"{key}\"")!.WithFallback(fallback);
        return new Deploy(key, Deploy.NoScopeGiven)
            .WithDispatcher(config.GetString("dispatcher", "") ?? "")
            .WithMailbox(config.GetString("mailbox", "") ?? "")
            .WithStashCapacity(config.GetInt("stash-capacity", Deploy.NoStashSize))
            .WithConfig(config);
    }

    /// <summary>The deployment of a path below /user, or null.</summary>
    public Deploy? Lookup(ActorPath path)
    {
        if (_deployments.Count == 0)
            return null;
        var elements = path.Elements;
        if (elements.Count < 2 || !string.Equals(elements[0], "user", StringComparison.Ordinal))
            return null;
        foreach (var (pattern, deploy) in _deployments.OrderBy(d => d.Path.Count(e => e is "*")))
        {
            if (Matches(pattern, elements))
                return deploy;
        }
        return null;
    }

    private static bool Matches(string[] pattern, IReadOnlyList<string> elements)
    {
        if (pattern.Length != elements.Count - 1)
            return false;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] is not "*" && !string.Equals(pattern[i], elements[i + 1], StringComparison.Ordinal))
                return false;
        }
        return true;
    }
}
