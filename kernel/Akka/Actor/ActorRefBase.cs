using Akka.Dispatch.SysMsg;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Equality, order and text of every reference: path and incarnation.</summary>
public abstract class ActorRefBase : IActorRef
{
    private protected ActorRefBase() { }

    public abstract ActorPath Path { get; }

    public void Tell(object message, IActorRef sender)
    {
        if (message is null)
            ThrowNull();
        TellInternal(message!, sender);
    }

    private static void ThrowNull() => throw new InvalidMessageException("Message is null.");

    internal abstract void TellInternal(object message, IActorRef? sender);

    public override string ToString() => Path.Uid == 0 ? $"[{Path}]" : $"[{Path.ToStringWithUid()}]";

    public bool Equals(IActorRef? other) =>
        ReferenceEquals(this, other) || (other is not null && Path.Uid == other.Path.Uid && Path.Equals(other.Path));

    public override bool Equals(object? obj) => Equals(obj as IActorRef);

    public override int GetHashCode() => Path.Uid == 0 ? Path.GetHashCode() : Path.Uid.GetHashCode();

    public int CompareTo(IActorRef? other)
    {
        if (other is null)
            return 1;
        var byPath = Path.CompareTo(other.Path);
        return byPath != 0 ? byPath : Path.Uid.CompareTo(other.Path.Uid);
    }

    int IComparable.CompareTo(object? obj) =>
        obj is null or IActorRef ? CompareTo((IActorRef?)obj) : throw new ArgumentException("Not an IActorRef.", nameof(obj));

    public virtual ISurrogate ToSurrogate(ActorSystem system) =>
        new Surrogate(Akka.Serialization.Serialization.SerializedActorPath(this));

    internal sealed record Surrogate(string Path) : ISurrogate
    {
        public ISurrogated FromSurrogate(ActorSystem system) => ((ExtendedActorSystem)system).Provider.ResolveActorRef(Path);
    }
}

/// <summary>A reference with a parent, children and a life cycle.</summary>
public abstract class InternalActorRefBase : ActorRefBase, IInternalActorRef
{
    private protected InternalActorRefBase() { }

    public abstract IInternalActorRef Parent { get; }

    public abstract IActorRefProvider Provider { get; }

    public abstract bool IsTerminated { get; }

    public abstract bool IsLocal { get; }

    public abstract IActorRef GetChild(IReadOnlyList<string> name);

    public abstract void Resume(Exception? causedByFailure = null);

    public abstract void Start();

    public abstract void Stop();

    public abstract void Restart(Exception cause);

    public abstract void Suspend();

    public abstract void SendSystemMessage(ISystemMessage message, IActorRef sender);

    public abstract void SendSystemMessage(ISystemMessage message);
}

/// <summary>A reference without an actor: everything that is not overridden does nothing.</summary>
public abstract class MinimalActorRef : InternalActorRefBase, ILocalRef
{
    private protected MinimalActorRef() { }

    public override IInternalActorRef Parent => ActorRefs.Nobody;

    public override bool IsTerminated => false;

    public override bool IsLocal => true;

    public override IActorRef GetChild(IReadOnlyList<string> name) => name.All(string.IsNullOrEmpty) ? this : ActorRefs.Nobody;

    public override void Resume(Exception? causedByFailure = null) { }

    public override void Start() { }

    public override void Stop() { }

    public override void Restart(Exception cause) { }

    public override void Suspend() { }

    public override void SendSystemMessage(ISystemMessage message, IActorRef sender) => SendSystemMessage(message);

    public override void SendSystemMessage(ISystemMessage message) { }

    internal override void TellInternal(object message, IActorRef? sender) { }
}

/// <summary>The reference that stands for no actor.</summary>
public sealed class Nobody : MinimalActorRef
{
    public static readonly Nobody Instance = new();

    private Nobody() { }

    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems) / "Nobody";

    public override IActorRefProvider Provider => throw new NotSupportedException("Nobody has no provider.");

    public override ISurrogate ToSurrogate(ActorSystem system) => new NobodySurrogate();

    internal sealed record NobodySurrogate : ISurrogate
    {
        public ISurrogated FromSurrogate(ActorSystem system) => Instance;
    }
}
