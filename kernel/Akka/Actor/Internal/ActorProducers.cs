using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Akka.Actor.Internal;

/// <summary>Where the instances of one Props come from.</summary>
internal interface IActorProducer
{
    Type ActorType { get; }

    object[] Arguments { get; }

    ActorBase Produce();

    void Release(ActorBase actor);
}

/// <summary>The constructor that fits the arguments; found once.</summary>
internal sealed class ConstructorProducer : IActorProducer
{
    private ConstructorInvoker? _invoker;

    public ConstructorProducer(Type type, object[] arguments)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!typeof(ActorBase).IsAssignableFrom(type))
            throw new ArgumentException($"{type} is no actor: it does not inherit from ActorBase.", nameof(type));
        (ActorType, Arguments) = (type, arguments ?? []);
    }

    public Type ActorType { get; }

    public object[] Arguments { get; }

    public ActorBase Produce()
    {
        _invoker ??= Find() is { } constructor ? ConstructorInvoker.Create(constructor) : null;
        if (_invoker is not null)
            return (ActorBase)_invoker.Invoke(Arguments.AsSpan()!);
        try
        {
            return (ActorBase)
                Activator.CreateInstance(
                    ActorType,
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic,
                    null,
                    Arguments,
                    null
                )!;
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    /// <summary>The only constructor that the arguments fit as they are; null if the binder has to choose or to widen.</summary>
    private ConstructorInfo? Find()
    {
        if (ActorType.IsAbstract)
            return null;
        var fitting = ActorType
            .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(c => Fits(c.GetParameters()))
            .ToArray();
        return fitting.Length == 1 ? fitting[0] : null;
    }

    private bool Fits(ParameterInfo[] parameters) =>
        parameters.Length == Arguments.Length
        && parameters
            .Zip(Arguments)
            .All(p =>
                p.Second is null
                    ? !p.First.ParameterType.IsValueType || Nullable.GetUnderlyingType(p.First.ParameterType) is not null
                    : p.First.ParameterType.IsInstanceOfType(p.Second)
            );

    public void Release(ActorBase actor) => (actor as IDisposable)?.Dispose();
}

internal sealed class IndirectProducer : IActorProducer
{
    private readonly IIndirectActorProducer _producer;

    public IndirectProducer(IIndirectActorProducer producer, object[] arguments) =>
        (_producer, Arguments) = (producer, arguments ?? []);

    public IndirectProducer(Type producer, object[] arguments)
        : this((IIndirectActorProducer)Activator.CreateInstance(producer, arguments)!, arguments) { }

    public Type ActorType => _producer.ActorType;

    public object[] Arguments { get; }

    public ActorBase Produce() => _producer.Produce();

    public void Release(ActorBase actor) => _producer.Release(actor);
}

/// <summary>The value of a sub-expression; constants and captured variables without compiling anything.</summary>
internal static class ExpressionValue
{
    public static object? Of(Expression expression) =>
        expression switch
        {
            ConstantExpression constant => constant.Value,
            MemberExpression { Member: FieldInfo field } member => field.GetValue(
                member.Expression is null ? null : Of(member.Expression)
            ),
            MemberExpression { Member: PropertyInfo property } member when property.GetIndexParameters().Length == 0 => Read(
                property,
                member.Expression
            ),
            UnaryExpression { NodeType: ExpressionType.Convert, Method: null } convert
                when convert.Type.IsAssignableFrom(convert.Operand.Type) => Of(convert.Operand),
            _ => Compiled(expression),
        };

    private static object? Read(PropertyInfo property, Expression? owner)
    {
        try
        {
            return property.GetValue(owner is null ? null : Of(owner));
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    private static object? Compiled(Expression expression) =>
        Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)();
}
