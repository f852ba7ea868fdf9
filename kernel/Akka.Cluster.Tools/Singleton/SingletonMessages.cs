using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>What managers of a singleton say to each other.</summary>
internal interface IClusterSingletonMessage;

/// <summary>The next one → the one before, which is exiting: let go. Repeated until it is answered.</summary>
internal sealed record HandOverToMe(UniqueAddress From) : IClusterSingletonMessage, IDeadLetterSuppression;

/// <summary>It does not run here, and never will again.</summary>
internal sealed record HandOverDone(UniqueAddress From) : IClusterSingletonMessage, IDeadLetterSuppression;
