using System.Linq.Expressions;
using Akka.Actor.Internal;
using Akka.Util;

namespace Akka.Actor;

/// <summary>How to make an actor: class, constructor arguments, deployment, supervision. Immutable; one recipe serves many actors.</summary>
public class Props : IEquatable<Props>, ISurrogated
{
    public static readonly Props None = new(typeof(EmptyActor));

    private static readonly Deploy s_defaultDeploy = new();

    private readonly IActorProducer _producer;
    private SupervisorStrategy? _strategy;

    protected Props()
        : this(s_defaultDeploy, new ConstructorProducer(typeof(EmptyActor), []), null) { }

    protected Props(Props copy)
        : this(copy.Deploy, copy._producer, copy._strategy) { }

    public Props(Type type)
        : this(s_defaultDeploy, new ConstructorProducer(type, []), null) { }

    public Props(Type type, object[] args)
        : this(s_defaultDeploy, new ConstructorProducer(type, args), null) { }

    public Props(Type type, SupervisorStrategy supervisorStrategy, IEnumerable<object> args)
        : this(s_defaultDeploy, new ConstructorProducer(type, [.. args]), supervisorStrategy) { }

    public Props(Type type, SupervisorStrategy supervisorStrategy, params object[] args)
        : this(s_defaultDeploy, new ConstructorProducer(type, args), supervisorStrategy) { }

    public Props(Deploy deploy, Type type, IEnumerable<object> args)
        : this(deploy, new ConstructorProducer(type, [.. args]), null) { }

    public Props(Deploy deploy, Type type, params object[] args)
        : this(deploy, new ConstructorProducer(type, args), null) { }

    private Props(Deploy deploy, IActorProducer producer, SupervisorStrategy? strategy) =>
        (Deploy, _producer, _strategy) = (deploy, producer, strategy);

    /// <summary>The class of the actor.</summary>
    public Type Type => _producer.ActorType;

    public string TypeName => Type.AssemblyQualifiedName!;

    public object[] Arguments => _producer.Arguments;

    public Deploy Deploy { get; protected set; }

    /// <summary>The path of the dispatcher's configuration; the default dispatcher if none is given.</summary>
    public string Dispatcher =>
        string.IsNullOrEmpty(Deploy.Dispatcher) ? Akka.Dispatch.Dispatchers.DefaultDispatcherId : Deploy.Dispatcher;

    /// <summary>The path of the mailbox's configuration; null if none is given.</summary>
    public string Mailbox => Deploy.Mailbox is { Length: > 0 } mailbox ? mailbox : null!;

    /// <summary>The strategy for the actor's children that replaces its own; null if none is given.</summary>
    public SupervisorStrategy SupervisorStrategy
    {
        get => _strategy!;
        protected set => _strategy = value;
    }

    public static Props Empty => Create<EmptyActor>();

    /// <summary>Reads class and arguments from an expression of the form () => new MyActor(a, b); arguments are evaluated once.</summary>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase
    {
        if (factory.Body is not NewExpression { Constructor: not null } made)
            throw new ArgumentException("The create function must be a 'new T (args)' expression.", nameof(factory));
        var arguments = made.Arguments.Select(ExpressionValue.Of).ToArray();
        return new Props(s_defaultDeploy, new ConstructorProducer(made.Type, arguments!), supervisorStrategy);
    }

    public static Props Create<TActor>(params object[] args)
        where TActor : ActorBase => new(typeof(TActor), args);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() => new(typeof(TActor), supervisorStrategy);

    public static Props Create(Type type, params object[] args) => new(type, args);

    /// <summary>Actors come from a producer, itself made from these arguments.</summary>
    public static Props CreateBy<TProducer>(params object[] args)
        where TProducer : class, IIndirectActorProducer =>
        new(s_defaultDeploy, new IndirectProducer(typeof(TProducer), args), null);

    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) =>
        new(s_defaultDeploy, new IndirectProducer(producer, args), null);

    public Props WithDispatcher(string dispatcher) => With(p => p.Deploy = Deploy.WithDispatcher(dispatcher));

    public Props WithMailbox(string mailbox) => With(p => p.Deploy = Deploy.WithMailbox(mailbox));

    public Props WithStashCapacity(int stashCapacity) => With(p => p.Deploy = Deploy.WithStashCapacity(stashCapacity));

    /// <summary>The deployment given here, with the present one behind it.</summary>
    public Props WithDeploy(Deploy deploy) => With(p => p.Deploy = deploy.WithFallback(Deploy));

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => With(p => p._strategy = supervisorStrategy);

    private Props With(Action<Props> change)
    {
        var copy = Copy();
        change(copy);
        return copy;
    }

    protected virtual Props Copy() => new(this);

    /// <summary>A new instance; only inside of a cell.</summary>
    public virtual ActorBase NewActor()
    {
        try
        {
            return _producer.Produce();
        }
        catch (MissingMethodException e)
        {
            throw new TypeLoadException(
                $"Error while creating actor instance of type {Type} with {Arguments.Length} args: ({StringOfArguments()})",
                e
            );
        }
    }

    private string StringOfArguments() => string.Join(",", Arguments.Select(a => a?.ToString() ?? "null"));

    internal void Release(ActorBase actor) => _producer.Release(actor);

    public bool Equals(Props? other) =>
        other is not null
        && Type == other.Type
        && Deploy.Equals(other.Deploy)
        && Equals(_strategy, other._strategy)
        && Arguments.AsSpan().SequenceEqual(other.Arguments);

    public override bool Equals(object? obj) => Equals(obj as Props);

    public override int GetHashCode() => HashCode.Combine(Type, Deploy, Arguments.Length);

    public override string ToString() => $"Props({Type}, {StringOfArguments()})";

    public virtual ISurrogate ToSurrogate(ActorSystem system) => new PropsSurrogate(TypeName, Arguments, Deploy);

    internal sealed record PropsSurrogate(string TypeName, object[] Arguments, Deploy Deploy) : ISurrogate
    {
        public ISurrogated FromSurrogate(ActorSystem system) =>
            new Props(Deploy, Type.GetType(TypeName, throwOnError: true)!, Arguments);
    }

    private sealed class EmptyActor : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}

/// <summary>Makes actors in its own way, for example from a container.</summary>
public interface IIndirectActorProducer
{
    Type ActorType { get; }

    ActorBase Produce();

    void Release(ActorBase actor);
}
