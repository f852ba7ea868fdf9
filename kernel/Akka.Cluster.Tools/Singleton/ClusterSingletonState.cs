namespace Akka.Cluster.Tools.Singleton;

/// <summary>What a singleton's manager is at.</summary>
public enum ClusterSingletonState
{
    /// <summary>Not up yet.</summary>
    Start,

    /// <summary>Part of the interface only: there are no leases.</summary>
    AcquiringLease,

    /// <summary>It runs here.</summary>
    Oldest,

    /// <summary>Another one runs it.</summary>
    Younger,

    /// <summary>The next one to run it, once the one before has let go.</summary>
    BecomingOldest,

    /// <summary>Part of the interface only.</summary>
    WasOldest,

    /// <summary>It ends here, so that the next one may start it.</summary>
    HandingOver,

    /// <summary>Part of the interface only.</summary>
    TakeOver,

    /// <summary>It ends here, since the node does.</summary>
    Stopping,

    /// <summary>It will not run here again.</summary>
    End,
}
