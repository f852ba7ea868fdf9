namespace Akka.Actor.Internal;

/// <summary>Why a cell waits for children to stop.</summary>
internal enum WaitReason
{
    UserRequest,
    Creation,
    Recreation,
    Termination,
}

internal sealed record Waiting(WaitReason Reason, Exception? Cause);

/// <summary>The children of one cell by name. The lock is for readers and for guardians, whose children any thread may add.</summary>
internal sealed class ChildrenContainer
{
    private static readonly object s_reserved = new();

    // A value is the child, its restart statistics (which hold it), or the mark of a reserved name.
    private readonly Dictionary<string, object> _byName = new(StringComparer.Ordinal);
    private HashSet<IActorRef>? _dying;
    private WaitReason _reason = WaitReason.UserRequest;
    private Exception? _cause;
    private bool _terminated;

    public bool IsTerminating => _terminated || (_reason == WaitReason.Termination && _dying is { Count: > 0 });

    /// <summary>True unless it waits for children for a reason of the cell's own.</summary>
    public bool IsNormal => !_terminated && (_reason == WaitReason.UserRequest || _dying is not { Count: > 0 });

    public int Count
    {
        get
        {
            lock (_byName)
                return _byName.Count;
        }
    }

    public void Reserve(string name, IActorRef parent)
    {
        lock (_byName)
        {
            if (IsTerminating)
                throw new InvalidOperationException($"Cannot create child '{name}' while {parent} is terminating or terminated.");
            if (!_byName.TryAdd(name, s_reserved))
                throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
        }
    }

    public void Unreserve(string name)
    {
        lock (_byName)
        {
            if (_byName.TryGetValue(name, out var value) && ReferenceEquals(value, s_reserved))
                _byName.Remove(name);
        }
    }

    public void Add(string name, IInternalActorRef child)
    {
        lock (_byName)
            _byName[name] = child;
    }

    public void AddIfAbsent(string name, IInternalActorRef child)
    {
        lock (_byName)
            _byName.TryAdd(name, child);
    }

    public IInternalActorRef? Find(string name)
    {
        lock (_byName)
            return _byName.TryGetValue(name, out var value) ? Ref(value) : null;
    }

    /// <summary>The child that this reference means, by name and incarnation.</summary>
    public IInternalActorRef? Find(IActorRef child)
    {
        var found = Find(child.Path.Name);
        return found is not null && found.Equals(child) ? found : null;
    }

    /// <summary>The children, counted up only if somebody looks: most strategies do not, and many children may stop at once.</summary>
    public IEnumerable<IInternalActorRef> Lazily()
    {
        foreach (var child in Refs())
            yield return child;
    }

    public List<IInternalActorRef> Refs()
    {
        lock (_byName)
        {
            var refs = new List<IInternalActorRef>(_byName.Count);
            foreach (var value in _byName.Values)
            {
                if (Ref(value) is { } child)
                    refs.Add(child);
            }
            return refs;
        }
    }

    /// <summary>The restart statistics of a child, made at its first failure; null if it is no child.</summary>
    public ChildRestartStats? Stats(IActorRef child, ITimeProvider clock)
    {
        lock (_byName)
        {
            if (!_byName.TryGetValue(child.Path.Name, out var value) || Ref(value) is not { } found || !found.Equals(child))
                return null;
            if (value is ChildRestartStats stats)
                return stats;
            stats = new ChildRestartStats(found, clock);
            _byName[child.Path.Name] = stats;
            return stats;
        }
    }

    public List<ChildRestartStats> AllStats(ITimeProvider clock) => [.. Refs().Select(r => Stats(r, clock)!)];

    /// <summary>A child has been told to stop; its name stays taken until it has.</summary>
    public void MarkDying(IActorRef child)
    {
        lock (_byName)
            (_dying ??= []).Add(child);
    }

    /// <summary>False if no child is dying, so that there is nothing to wait for.</summary>
    public bool WaitFor(WaitReason reason, Exception? cause)
    {
        lock (_byName)
        {
            if (_dying is not { Count: > 0 })
                return false;
            (_reason, _cause) = (reason, cause);
            return true;
        }
    }

    /// <summary>Removes a stopped child; what was waited for, if it was the last of those.</summary>
    public Waiting? Remove(IActorRef child)
    {
        lock (_byName)
        {
            if (_byName.TryGetValue(child.Path.Name, out var value) && Ref(value) is { } found && found.Equals(child))
                _byName.Remove(child.Path.Name);
            if (_dying is null || !_dying.Remove(child) || _dying.Count > 0)
                return null;
            var done = new Waiting(_reason, _cause);
            (_reason, _cause, _dying) = (WaitReason.UserRequest, null, null);
            return done;
        }
    }

    public void Terminated()
    {
        lock (_byName)
            _terminated = true;
    }

    private static IInternalActorRef? Ref(object value) =>
        value switch
        {
            IInternalActorRef child => child,
            ChildRestartStats stats => stats.ChildRef,
            _ => null,
        };
}
