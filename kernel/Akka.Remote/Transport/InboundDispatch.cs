using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Serialization;
using Akka.Remote.Wire;

namespace Akka.Remote.Transport;

/// <summary>Gives messages of other systems to the actors of this one, as far as they are allowed to have them.</summary>
internal sealed class InboundDispatch(ActorSystemImpl system, RemoteActorRefProvider provider, ILoggingAdapter log)
{
    private const int JsonSerializer = 1;
    private const int SystemMessageSerializer = 22;
    private const int MostKnown = 4096;

    private readonly ConcurrentDictionary<string, LocalActorRef> _known = new(StringComparer.Ordinal);
    private readonly bool _untrusted = provider.RemoteSettings.UntrustedMode;
    private readonly HashSet<string> _trusted = provider.RemoteSettings.TrustedSelectionPaths;

    /// <summary>A user message.</summary>
    public void Deliver(Association from, Parcel parcel)
    {
        if (parcel.Serializer == SystemMessageSerializer)
            Refuse(from, parcel, "a system message without a number");
        else if (_untrusted && parcel.Serializer == JsonSerializer)
            Refuse(from, parcel, "untrusted mode takes no JSON");
        else if (Recipient(from, parcel) is { } recipient && Content(from, parcel) is { } message)
            Deliver(from, parcel, recipient, message, Sender(parcel));
    }

    private void Deliver(Association from, Parcel parcel, IInternalActorRef recipient, object message, IActorRef? sender)
    {
        if (message is ActorSelectionMessage selection)
        {
            if (_untrusted && !IsTrusted(recipient, selection))
                Refuse(from, parcel, $"untrusted mode takes no selection [{PathOf(selection)}]");
            else
                ActorSelections.Deliver(recipient, sender, selection);
        }
        else if (_untrusted && message is IPossiblyHarmful)
            Refuse(from, parcel, $"untrusted mode takes no {message.GetType().Name}");
        else if (_untrusted && IsOfTheSystem(recipient))
            Refuse(from, parcel, "untrusted mode takes nothing for actors of the system itself");
        else
            recipient.Tell(message, sender!);
    }

    private bool IsTrusted(IInternalActorRef anchor, ActorSelectionMessage selection) =>
        ReferenceEquals(anchor, provider.RootGuardian)
        && selection.Message is not IPossiblyHarmful
        && _trusted.Contains(PathOf(selection));

    private static string PathOf(ActorSelectionMessage selection) =>
        "/" + string.Join<SelectionPathElement>('/', selection.Elements);

    private bool IsOfTheSystem(IInternalActorRef recipient) =>
        recipient.Path.Depth == 0
        || (
            recipient.Path.ParentOf(1).Name is not ("user" or "temp")
            && !_trusted.Contains(recipient.Path.ToStringWithoutAddress())
        );

    /// <summary>A system message that is the next one.</summary>
    public void DeliverSystem(Association from, Parcel parcel)
    {
        if (_untrusted)
            Refuse(from, parcel, "untrusted mode takes no system messages");
        else if (parcel.Serializer != SystemMessageSerializer)
            Refuse(from, parcel, "a numbered message that is no system message");
        else if (Recipient(from, parcel) is { } recipient && Content(from, parcel) is SystemMessage message)
            DeliverSystem(from, parcel, recipient, message);
    }

    private void DeliverSystem(Association from, Parcel parcel, IInternalActorRef recipient, SystemMessage message)
    {
        switch (message)
        {
            case Watch watch when IsOf(from, watch.Watcher) && watch.Watchee.Equals(recipient):
                from.Watches.Add(watch);
                recipient.SendSystemMessage(watch);
                break;
            case Unwatch unwatch when IsOf(from, unwatch.Watcher) && unwatch.Watchee.Equals(recipient):
                from.Watches.Remove(unwatch);
                recipient.SendSystemMessage(unwatch);
                break;
            case DeathWatchNotification died when IsOf(from, died.Actor):
                recipient.SendSystemMessage(died);
                break;
            case Terminate when recipient.Path.Depth > 1 && recipient.Path.ParentOf(1).Name is "user":
                recipient.SendSystemMessage(message);
                break;
            default:
                Refuse(from, parcel, $"{message} is not its to send");
                break;
        }
    }

    private static bool IsOf(Association from, IActorRef actor) => actor.Path.Address.Equals(from.Remote);

    private IInternalActorRef? Recipient(Association from, Parcel parcel)
    {
        var path = parcel.Recipient;
        if (_known.TryGetValue(path, out var known) && !known.IsTerminated)
            return known;
        if (!ActorPath.TryParse(path, out var actorPath) || !provider.HasAddress(actorPath.Address))
        {
            Refuse(from, parcel, "the recipient is not of this system");
            return null;
        }
        var recipient = (IInternalActorRef)provider.ResolveActorRef(actorPath);
        if (recipient is LocalActorRef { IsTerminated: false } local)
        {
            if (_known.Count >= MostKnown)
                _known.Clear();
            _known[path] = local;
        }
        return recipient;
    }

    private IActorRef? Sender(Parcel parcel) => parcel.Sender.Length == 0 ? null : provider.ResolveSender(parcel.Sender);

    private object? Content(Association from, Parcel parcel)
    {
        try
        {
            return system.Serialization.Deserialize(Contents.Bytes(parcel.Payload), parcel.Serializer, parcel.Manifest);
        }
        catch (Exception e)
        {
            if (!from.CountRefusal(out _))
                return null;
            log.Error(
                e,
                "Serializer [{0}] with manifest [{1}] could not read a message of {2} bytes from [{3}] for [{4}]; it is lost: {5}",
                parcel.Serializer,
                Short(parcel.Manifest),
                parcel.Payload.Length,
                from.Remote,
                Short(parcel.Recipient),
                e.Message
            );
            return null;
        }
    }

    private void Refuse(Association from, Parcel parcel, string why)
    {
        if (!from.CountRefusal(out var count))
            return;
        log.Warning(
            "Refused message {0} from [{1}] for [{2}], serializer [{3}], manifest [{4}]: {5}",
            count,
            from.Remote,
            Short(parcel.Recipient),
            parcel.Serializer,
            Short(parcel.Manifest),
            why
        );
    }

    /// <summary>What others write into our log is bounded.</summary>
    private static string Short(string text) => text.Length <= 256 ? text : text[..256] + "...";
}
