using System.Text.RegularExpressions;

namespace Akka.Actor;

/// <summary>One step of a selection.</summary>
public abstract class SelectionPathElement
{
    private protected SelectionPathElement() { }
}

internal sealed class SelectChildName(string name) : SelectionPathElement
{
    public string Name { get; } = name;

    public override bool Equals(object? obj) =>
        obj is SelectChildName other && string.Equals(Name, other.Name, StringComparison.Ordinal);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}

/// <summary>* is any text, ? any character.</summary>
internal sealed class SelectChildPattern : SelectionPathElement
{
    // A pattern may come from another system: one that makes the search explode must not.
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking;

    private readonly Regex _regex;

    public SelectChildPattern(string pattern)
    {
        Pattern = pattern;
        var text = Regex
            .Escape(pattern)
            .Replace("\\*", ".*", StringComparison.Ordinal)
            .Replace("\\?", ".", StringComparison.Ordinal);
        _regex = new Regex("^" + text + "$", Options);
    }

    public string Pattern { get; }

    public bool Matches(string name) => _regex.IsMatch(name);

    public override bool Equals(object? obj) =>
        obj is SelectChildPattern other && string.Equals(Pattern, other.Pattern, StringComparison.Ordinal);

    public override int GetHashCode() => Pattern.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Pattern;
}

internal sealed class SelectParent : SelectionPathElement
{
    public override bool Equals(object? obj) => obj is SelectParent;

    public override int GetHashCode() => 7;

    public override string ToString() => "..";
}

/// <summary>A message on its way through a selection; each step is taken by the actor it passes.</summary>
internal sealed class ActorSelectionMessage(object message, SelectionPathElement[] elements, bool wildCardFanOut = false)
    : IAutoReceivedMessage,
        IPossiblyHarmful,
        IWrappedMessage
{
    public object Message { get; } = message;

    public SelectionPathElement[] Elements { get; } = elements;

    public bool WildCardFanOut { get; } = wildCardFanOut;

    public override string ToString() =>
        $"ActorSelectionMessage - Message: {Message} - Path: {string.Join<SelectionPathElement>('/', Elements)}";
}

/// <summary>Actors by path, with wildcards; what is sent goes to all that match when it gets there.</summary>
public class ActorSelection : ICanTell
{
    public ActorSelection()
        : this(ActorRefs.Nobody, Array.Empty<SelectionPathElement>()) { }

    public ActorSelection(IActorRef anchor, SelectionPathElement[] path)
    {
        Anchor = anchor;
        Path = path;
    }

    public ActorSelection(IActorRef anchor, string path)
        : this(anchor, string.IsNullOrEmpty(path) ? [] : path.Split('/')) { }

    public ActorSelection(IActorRef anchor, IEnumerable<string> elements)
        : this(anchor, [.. elements.Where(e => e.Length > 0).Select(Element)]) { }

    public IActorRef Anchor { get; }

    public SelectionPathElement[] Path { get; }

    /// <summary>The steps from the anchor, separated by slashes.</summary>
    public string PathString => "/" + string.Join<SelectionPathElement>('/', Path);

    private static SelectionPathElement Element(string text) =>
        text switch
        {
            ".." => new SelectParent(),
            _ when text.Contains('*', StringComparison.Ordinal) || text.Contains('?', StringComparison.Ordinal) =>
                new SelectChildPattern(text),
            _ => new SelectChildName(text),
        };

    public void Tell(object message, IActorRef? sender = null) =>
        ActorSelections.Deliver(
            (IInternalActorRef)Anchor,
            sender ?? ActorCell.CurrentSelf,
            new ActorSelectionMessage(message, Path)
        );

    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <summary>The first actor that answers.</summary>
    /// <exception cref="ActorNotFoundException">None did within the time-out (real time).</exception>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null!), timeout, ct).ConfigureAwait(false);
            return identity.Subject ?? throw new ActorNotFoundException($"subject was null: no actor is at {this}");
        }
        catch (AskTimeoutException e)
        {
            throw new ActorNotFoundException($"No actor answered at {this} within {timeout}.", e);
        }
        catch (OperationCanceledException e)
        {
            throw new ActorNotFoundException($"The search at {this} was cancelled.", e);
        }
    }

    public override bool Equals(object? obj) =>
        obj is ActorSelection other && Equals(Anchor, other.Anchor) && Path.AsSpan().SequenceEqual(other.Path);

    public override int GetHashCode() => HashCode.Combine(Anchor, Path.Length);

    public override string ToString() => $"ActorSelection[Anchor({Anchor.Path}), Path({PathString})]";
}

internal static class ActorSelections
{
    public static ActorSelection From(IActorRefProvider provider, ActorPath path) =>
        new(provider.RootGuardianAt(path.Address), path.Elements);

    /// <summary>"/user/a" from the root, "a/b" or "../c" from here, or a whole path with its address.</summary>
    public static ActorSelection From(IActorRefProvider provider, IActorRef here, string path)
    {
        if (ActorPath.TryParse(path, out var absolute))
            return From(provider, absolute);
        return path.StartsWith('/') ? new ActorSelection(provider.RootGuardian, path) : new ActorSelection(here, path);
    }

    /// <summary>Goes as far as it can through local actors; the rest is for whom it meets.</summary>
    public static void Deliver(IInternalActorRef anchor, IActorRef? sender, ActorSelectionMessage selection)
    {
        var current = anchor;
        for (var i = 0; i < selection.Elements.Length; i++)
        {
            if (current is not LocalActorRef local)
            {
                Rest(current, sender, selection, i);
                return;
            }
            switch (selection.Elements[i])
            {
                case SelectParent:
                    current = local.Parent is Nobody or BubbleWalker ? current : local.Parent;
                    break;
                case SelectChildName { Name: var name }:
                    var child = (IInternalActorRef)local.GetChild([name]);
                    if (child is Nobody)
                    {
                        NotThere(local, name, sender, selection, i);
                        return;
                    }
                    current = child;
                    break;
                case SelectChildPattern pattern:
                    FanOut(local, pattern, sender, selection, i);
                    return;
            }
        }
        current.Tell(selection.Message, sender!);
    }

    private static void Rest(IInternalActorRef current, IActorRef? sender, ActorSelectionMessage selection, int from)
    {
        var rest = selection.Elements[from..];
        if (current is VirtualPathContainer container)
        {
            var found = container.GetChild([.. rest.Select(e => e.ToString()!)]);
            if (found is Nobody)
                NotThere(container, rest[0].ToString()!, sender, selection, from);
            else
                found.Tell(selection.Message, sender!);
            return;
        }
        current.Tell(new ActorSelectionMessage(selection.Message, rest, selection.WildCardFanOut), sender!);
    }

    private static void FanOut(
        LocalActorRef parent,
        SelectChildPattern pattern,
        IActorRef? sender,
        ActorSelectionMessage selection,
        int at
    )
    {
        var rest = selection.Elements[(at + 1)..];
        var matching = parent.Cell.Children?.Refs().Where(c => pattern.Matches(c.Path.Name)).ToList() ?? [];
        if (matching.Count == 0 && !selection.WildCardFanOut)
        {
            NotThere(parent, pattern.Pattern, sender, selection, at);
            return;
        }
        var fanOut = selection.WildCardFanOut || matching.Count > 1;
        foreach (var child in matching)
            Deliver(child, sender, new ActorSelectionMessage(selection.Message, rest, fanOut));
    }

    private static void NotThere(
        IInternalActorRef parent,
        string name,
        IActorRef? sender,
        ActorSelectionMessage selection,
        int at
    )
    {
        var provider = parent.Provider;
        var path = parent.Path / name / selection.Elements.Skip(at + 1).Select(e => e.ToString()!);
        var missing = new EmptyLocalActorRef(provider, path, provider.EventStream);
        missing.Tell(new ActorSelectionMessage(selection.Message, [], selection.WildCardFanOut), sender!);
    }
}
