using System.Runtime.ExceptionServices;
using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>Runs what an async handler does after its awaits on the actor's own turn, with the message and sender it began with.</summary>
/// <remarks>While a handler waits, the mailbox is suspended: the actor sees no other user message, but system messages go on.</remarks>
public class ActorTaskScheduler : TaskScheduler
{
    private readonly ActorCell _cell;
    private IActorRef? _sender;

    internal ActorTaskScheduler(ActorCell cell) => _cell = cell;

    /// <summary>The message whose async handler is running.</summary>
    public object? CurrentMessage { get; private set; }

    public override int MaximumConcurrencyLevel => 1;

    protected override IEnumerable<Task>? GetScheduledTasks() => null;

    protected override void QueueTask(Task task)
    {
        // A task that is started on the actor's turn takes over its context; a continuation keeps the one of its handler.
        var onTurn = ReferenceEquals(ActorCell.Current, _cell);
        var message = onTurn ? _cell.CurrentMessage : CurrentMessage;
        var sender = onTurn ? _cell.CurrentEnvelopeSender : _sender;
        _cell.SendSystemMessage(new ActorTask(Execute, task, null, message, sender));
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(ActorCell.Current, _cell) && ExecuteOnTurn(task);

    private void Execute(ActorTask item) => ExecuteOnTurn(item.Task!);

    private bool ExecuteOnTurn(Task task)
    {
        var context = SynchronizationContext.Current;
        if (context is not null)
            SynchronizationContext.SetSynchronizationContext(null); // an await would go there and leave the turn
        OnBeforeTaskStarted();
        try
        {
            return TryExecuteTask(task);
        }
        finally
        {
            OnAfterTaskCompleted();
            if (context is not null)
                SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    protected virtual void OnBeforeTaskStarted() { }

    protected virtual void OnAfterTaskCompleted() { }

    public static void RunTask(Action action) =>
        RunTask(() =>
        {
            action();
            return Task.CompletedTask;
        });

    /// <summary>Starts an async handler of the running actor; what it throws fails the actor.</summary>
    public static void RunTask(Func<Task> asyncAction)
    {
        var cell = ActorCell.Current ?? throw new InvalidOperationException("RunTask must be called from an actor context.");
        cell.TaskScheduler.Start(asyncAction);
    }

    private void Start(Func<Task> asyncAction)
    {
        (CurrentMessage, _sender) = (_cell.CurrentMessage, _cell.CurrentEnvelopeSender);
        var start = new Task<Task>(asyncAction);
        start.RunSynchronously(this);
        if (start.Exception is { InnerException: { } thrown })
            ExceptionDispatchInfo.Throw(thrown);
        var handler = start.Result ?? Task.CompletedTask;
        if (handler.IsCompleted)
        {
            ThrowIfFailed(handler);
            return;
        }
        _cell.Mailbox.Suspend();
        handler.ContinueWith(
            static (done, state) => ((ActorTaskScheduler)state!).PostEnd(done),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            Default
        );
    }

    private void PostEnd(Task handler) => _cell.SendSystemMessage(new ActorTask(End, handler, null, CurrentMessage, _sender));

    /// <summary>On the actor's turn: its mailbox goes on, and a failure is thrown where a synchronous one would have been.</summary>
    private void End(ActorTask item)
    {
        _cell.Mailbox.Resume();
        ThrowIfFailed(item.Task!);
    }

    private static void ThrowIfFailed(Task handler)
    {
        if (handler.IsCanceled)
            throw new TaskCanceledException(handler);
        if (handler.Exception is { } failure)
            ExceptionDispatchInfo.Throw(failure.InnerExceptions.Count == 1 ? failure.InnerException! : failure);
    }
}
