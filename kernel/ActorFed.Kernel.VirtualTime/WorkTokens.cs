using Akka.Actor;

namespace ActorFed.Kernel.VirtualTime;

/// <summary>
/// Long work outside the mailboxes (training, disk) that comes back as a message. On a virtual scheduler it takes the virtual time that
/// the caller says, whatever the machine needs; on a real one it takes what it takes.
/// </summary>
public sealed class WorkTokens : IExtension
{
    private readonly VirtualWorld? _world;
    private readonly CancellationTokenSource _ended = new();

    private WorkTokens(ActorSystem system)
    {
        _world = VirtualScheduler.Of(system)?.World;
        system.RegisterOnTermination(_ended.Cancel); // work that nobody can hear of any more is not worth finishing
    }

    /// <summary>The tokens of <paramref name="system"/>; one instance a system.</summary>
    public static WorkTokens For(ActorSystem system) => (WorkTokens)system.RegisterExtension(Id.Instance);

    /// <summary>
    /// Starts <paramref name="work"/> at once on other threads and tells <paramref name="target"/> what became of it. On a virtual scheduler
    /// that message comes at the virtual time start + <paramref name="duration"/>, in (time, <paramref name="order"/>) order, and the clock
    /// waits there for the real work. On any other scheduler it comes when the work completes.
    /// </summary>
    /// <param name="work">Gets a token that is cancelled by <paramref name="cancel"/> and by the end of the actor system.</param>
    /// <param name="duration">Virtual time from now until the result; not negative. Ignored on real time.</param>
    /// <param name="order">Breaks ties between works that are due at the same time, smaller first; timers of that time come after.</param>
    /// <param name="target">Gets exactly one message, without a sender.</param>
    /// <param name="success">Makes the message from the result.</param>
    /// <param name="failure">Makes the message from the exception of the work or of <paramref name="success"/>.</param>
    /// <param name="cancel">
    /// Cancelling makes the result due now: the message is then that of an <see cref="OperationCanceledException"/>, whether or not the work
    /// had finished by the wall clock, and comes when the work has let go.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="duration"/> is negative.</exception>
    public void Run<T>(
        Func<CancellationToken, Task<T>> work,
        TimeSpan duration,
        long order,
        IActorRef target,
        Func<T, object> success,
        Func<Exception, object> failure,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        var linked = CancellationTokenSource.CreateLinkedTokenSource(cancel, _ended.Token);
        var running = Task.Run(() => work(linked.Token), CancellationToken.None);
        _ = running.ContinueWith(_ => linked.Dispose(), TaskScheduler.Default);
        if (_world is null)
        {
            running.PipeTo(target, success: success, failure: failure);
            return;
        }
        new DueWork<T>(_world, running, result => target.Tell(result, ActorRefs.NoSender), success, failure, cancel).Start(
            duration,
            order
        );
    }

    private sealed class Id : ExtensionIdProvider<WorkTokens>
    {
        public static readonly Id Instance = new();

        public override WorkTokens CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
