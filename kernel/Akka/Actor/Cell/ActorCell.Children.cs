using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

public partial class ActorCell
{
    private ChildrenContainer? _children;
    private long _nextName;

    internal ChildrenContainer? Children => Volatile.Read(ref _children);

    public IEnumerable<IActorRef> GetChildren() => Children?.Refs() ?? [];

    public IActorRef Child(string name) => Children?.Find(name) ?? (IActorRef)ActorRefs.Nobody;

    /// <summary>A living child by name, or one with a uid ("name#uid").</summary>
    internal IInternalActorRef? FindChild(string name)
    {
        var hash = name.LastIndexOf('#');
        if (hash < 0)
            return Children?.Find(name);
        var child = Children?.Find(name[..hash]);
        return child is not null && string.Equals(child.Path.Uid.ToString(), name[(hash + 1)..], StringComparison.Ordinal)
            ? child
            : null;
    }

    public virtual IActorRef ActorOf(Props props, string? name = null) =>
        MakeChild(props, CheckedName(name), systemService: false);

    /// <summary>For guardians: any thread may add a top-level actor.</summary>
    internal IInternalActorRef AttachChild(Props props, bool systemService, string? name = null) =>
        MakeChild(props, CheckedName(name), systemService);

    private string CheckedName(string? name)
    {
        if (name is null)
            return AutoName(Interlocked.Increment(ref _nextName) - 1);
        if (name.Length == 0)
            throw new InvalidActorNameException("Actor name must not be empty.");
        if (!ActorPath.IsValidPathElement(name))
            throw new InvalidActorNameException(
                $"Illegal actor name [{name}]. Actor paths MUST: not start with `$`, include only ASCII letters "
                    + $"and can only contain these special characters: ${ActorPath.ValidSymbols}."
            );
        return name;
    }

    /// <summary>$a, $b, ... in base 64: short, and never a name that a user may choose.</summary>
    private static string AutoName(long number)
    {
        const string Digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";
        Span<char> text = stackalloc char[12];
        text[0] = '$';
        var length = 1;
        do
        {
            text[length++] = Digits[(int)(number & 63)];
            number >>= 6;
        } while (number > 0);
        return new string(text[..length]);
    }

    private IInternalActorRef MakeChild(Props props, string name, bool systemService)
    {
        VerifySerializable(props);
        var children = ContainerForNewChild();
        children.Reserve(name, _self);
        IInternalActorRef child;
        try
        {
            var path = new ChildActorPath(_self.Path, name, NewUid());
            child = _system.Provider.ActorOf(_system, props, _self, path, systemService, props.Deploy, true, false);
        }
        catch
        {
            children.Unreserve(name);
            throw;
        }
        children.Add(name, child);
        // A child of a suspended parent waits with it until the supervisor has decided.
        if (_mailbox.IsSuspended && _perpetrator is not null)
            child.Suspend();
        child.Start();
        return child;
    }

    /// <summary>A guardian that the provider has made itself.</summary>
    internal void Adopt(string name, IInternalActorRef child) => ContainerForNewChild().Add(name, child);

    private ChildrenContainer ContainerForNewChild()
    {
        var children = Volatile.Read(ref _children);
        if (children is not null)
            return children;
        var made = new ChildrenContainer();
        return Interlocked.CompareExchange(ref _children, made, null) ?? made;
    }

    private void VerifySerializable(Props props)
    {
        if (_system.Settings.SerializeAllCreators && props.Deploy.Scope is not LocalScope)
            _system.Serialization.VerifyArguments(props);
    }

    /// <summary>Tells incarnations of a name apart, also over restarts of the process.</summary>
    internal static long NewUid() => Random.Shared.NextInt64(1, int.MaxValue);

    private void HandleSupervise(Supervise message)
    {
        var child = (IInternalActorRef)message.Child;
        ContainerForNewChild().AddIfAbsent(child.Path.Name, child);
        if (_perpetrator is not null)
            child.Suspend();
    }

    private void SuspendChildren(IActorRef? except)
    {
        foreach (var child in Children?.Refs() ?? [])
        {
            if (!child.Equals(except))
                child.Suspend();
        }
    }

    private void ResumeChildren(Exception? cause, IActorRef? perpetrator)
    {
        foreach (var child in Children?.Refs() ?? [])
            child.Resume(child.Equals(perpetrator) ? cause : null);
    }

    /// <summary>A child is gone: the strategy hears of it, and what waited for the last child goes on.</summary>
    private void HandleChildTerminated(IActorRef child)
    {
        var waiting = _children!.Remove(child);
        if (_actor is { } actor)
        {
            try
            {
                actor.Strategy.HandleChildTerminated(this, child, _children.Lazily());
            }
            catch (Exception e)
            {
                Publish(new Event.Error(e, _self.Path.ToString(), ActorType, "HandleChildTerminated failed"));
                HandleInvokeFailure(e);
            }
        }
        switch (waiting?.Reason)
        {
            case WaitReason.Recreation:
                FinishRecreate(waiting.Cause!, _actor);
                break;
            case WaitReason.Creation:
                FinishCreate();
                break;
            case WaitReason.Termination:
                FinishTerminate();
                break;
        }
    }
}
