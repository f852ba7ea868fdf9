using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Where an actor lives.</summary>
public abstract class Scope : IEquatable<Scope>, ISurrogated
{
    public abstract Scope WithFallback(Scope other);

    public abstract Scope Copy();

    public virtual bool Equals(Scope? other) => other is not null && GetType() == other.GetType();

    public override bool Equals(object? obj) => Equals(obj as Scope);

    public override int GetHashCode() => GetType().GetHashCode();

    public abstract ISurrogate ToSurrogate(ActorSystem system);
}

internal sealed class NoScopeGiven : Scope
{
    public static readonly NoScopeGiven Instance = new();

    public override Scope WithFallback(Scope other) => other;

    public override Scope Copy() => this;

    public override ISurrogate ToSurrogate(ActorSystem system) => new Surrogate();

    internal sealed record Surrogate : ISurrogate
    {
        public ISurrogated FromSurrogate(ActorSystem system) => Instance;
    }
}

/// <summary>In this process, whatever the configuration says.</summary>
public sealed class LocalScope : Scope
{
    private LocalScope() { }

    public static LocalScope Instance { get; } = new();

    public override Scope WithFallback(Scope other) => this;

    public override Scope Copy() => this;

    public override ISurrogate ToSurrogate(ActorSystem system) => new Surrogate();

    internal sealed record Surrogate : ISurrogate
    {
        public ISurrogated FromSurrogate(ActorSystem system) => Instance;
    }
}

/// <summary>The deployment of an actor: dispatcher, mailbox, stash bound and scope.</summary>
public class Deploy : IEquatable<Deploy>, ISurrogated
{
    public static readonly string NoDispatcherGiven = string.Empty;
    public static readonly string NoMailboxGiven = string.Empty;
    public static readonly Scope NoScopeGiven = Actor.NoScopeGiven.Instance;
    public const int NoStashSize = -1;
    public static readonly Deploy Local = new(LocalScope.Instance);
    public static readonly Deploy None = new();

    public Deploy()
        : this("", NoScopeGiven) { }

    public Deploy(Scope scope)
        : this("", scope) { }

    public Deploy(string path, Scope scope) => (Path, Scope) = (path, scope ?? NoScopeGiven);

    public string Path { get; private init; } = "";

    public Config Config { get; private init; } = Config.Empty;

    public Scope Scope { get; private init; }

    public string Dispatcher { get; private init; } = NoDispatcherGiven;

    public string Mailbox { get; private init; } = NoMailboxGiven;

    public int StashCapacity { get; private init; } = NoStashSize;

    private Deploy Copy(
        string? dispatcher = null,
        string? mailbox = null,
        Scope? scope = null,
        int? stashCapacity = null,
        Config? config = null
    ) =>
        new(Path, scope ?? Scope)
        {
            Config = config ?? Config,
            Dispatcher = dispatcher ?? Dispatcher,
            Mailbox = mailbox ?? Mailbox,
            StashCapacity = stashCapacity ?? StashCapacity,
        };

    /// <summary>What is not given here is taken from the other.</summary>
    public virtual Deploy WithFallback(Deploy other) =>
        Copy(
            dispatcher: Dispatcher.Length > 0 ? Dispatcher : other.Dispatcher,
            mailbox: Mailbox.Length > 0 ? Mailbox : other.Mailbox,
            scope: Scope.WithFallback(other.Scope),
            stashCapacity: StashCapacity != NoStashSize ? StashCapacity : other.StashCapacity,
            config: ReferenceEquals(Config, other.Config) ? Config : Config.WithFallback(other.Config)
        );

    public virtual Deploy WithDispatcher(string dispatcher) => Copy(dispatcher: dispatcher);

    public virtual Deploy WithMailbox(string mailbox) => Copy(mailbox: mailbox);

    public virtual Deploy WithScope(Scope scope) => Copy(scope: scope);

    public virtual Deploy WithStashCapacity(int stashSize) => Copy(stashCapacity: stashSize);

    internal Deploy WithConfig(Config config) => Copy(config: config);

    public bool Equals(Deploy? other) =>
        other is not null
        && string.Equals(Path, other.Path, StringComparison.Ordinal)
        && string.Equals(Dispatcher, other.Dispatcher, StringComparison.Ordinal)
        && string.Equals(Mailbox, other.Mailbox, StringComparison.Ordinal)
        && StashCapacity == other.StashCapacity
        && Scope.Equals(other.Scope);

    public override bool Equals(object? obj) => Equals(obj as Deploy);

    public override int GetHashCode() => HashCode.Combine(Path, Dispatcher, Mailbox, StashCapacity, Scope);

    public virtual ISurrogate ToSurrogate(ActorSystem system) =>
        new DeploySurrogate(Path, Scope, Dispatcher, Mailbox, StashCapacity);

    internal sealed record DeploySurrogate(string Path, Scope Scope, string Dispatcher, string Mailbox, int StashCapacity)
        : ISurrogate
    {
        public ISurrogated FromSurrogate(ActorSystem system) =>
            new Deploy(Path, Scope)
            {
                Dispatcher = Dispatcher,
                Mailbox = Mailbox,
                StashCapacity = StashCapacity,
            };
    }
}
