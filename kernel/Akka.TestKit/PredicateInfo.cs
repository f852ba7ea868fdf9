namespace Akka.TestKit;

/// <summary>A predicate on messages of one type.</summary>
public class PredicateInfo
{
    internal PredicateInfo(Type type, Delegate predicate, Func<object, bool> matches) =>
        (Type, PredicateT, Matches) = (type, predicate, matches);

    /// <summary>The predicate, as it was given.</summary>
    public Delegate PredicateT { get; }

    /// <summary>The type of the messages that it judges; others do not match.</summary>
    public Type Type { get; }

    internal Func<object, bool> Matches { get; }

    public static PredicateInfo Create<T>(Predicate<T> predicateT) =>
        new(typeof(T), predicateT, message => message is T typed && predicateT(typed));

    public override string ToString() => $"<a {Internal.TypeText.Of(Type)} for which {PredicateT.Method.Name} holds>";
}
