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
    private const int MostKnown = 1 << 16;

    private readonly KnownPaths<LocalActorRef> _known = new(MostKnown);
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
        else if (_untrusted && IsHarmful(message))
            Refuse(from, parcel, $"untrusted mode takes no {message.GetType().Name}");
        else if (_untrusted && IsOfTheSystem(recipient))
            Refuse(from, parcel, "untrusted mode takes nothing for actors of the system itself");
        else if (_untrusted && IsPicked(parcel, recipient))
            Refuse(from, parcel, "untrusted mode takes nothing for a path without the uid of a reference that was given out");
        else
            recipient.Tell(message, sender!);
    }

    private bool IsTrusted(IInternalActorRef anchor, ActorSelectionMessage selection) =>
        ReferenceEquals(anchor, provider.RootGuardian) && !IsHarmful(selection.Message) && _trusted.Contains(PathOf(selection));

    /// <summary>Kill is not marked as harmful, and harms like PoisonPill.</summary>
    private static bool IsHarmful(object message) => message is IPossiblyHarmful or Kill;

    private static string PathOf(ActorSelectionMessage selection) =>
        "/" + string.Join<SelectionPathElement>('/', selection.Elements);

    private bool IsOfTheSystem(IInternalActorRef recipient) =>
        recipient.Path.Depth == 0 || (recipient.Path.ParentOf(1).Name is not ("user" or "temp") && !IsTrusted(recipient));

    /// <summary>Whether somebody wrote down a path, instead of using a reference that came from here.</summary>
    private bool IsPicked(Parcel parcel, IInternalActorRef recipient) =>
        recipient.Path.ParentOf(1).Name is "user" && !parcel.Recipient.Contains('#') && !IsTrusted(recipient);

    private bool IsTrusted(IInternalActorRef recipient) => _trusted.Contains(recipient.Path.ToStringWithoutAddress());

    /// <summary>A system message that is the next one.</summary>
    public void DeliverSystem(Association from, Parcel parcel)
    {
        if (parcel.Serializer != SystemMessageSerializer)
            Refuse(from, parcel, "a numbered message that is no system message");
        else if (Recipient(from, parcel) is not { } recipient)
            return;
        else if (_untrusted && !IsTrusted(recipient))
            RefuseSystem(from, parcel, recipient);
        else if (Content(from, parcel) is not SystemMessage message)
            return;
        else if (_untrusted && message is not (Watch or Unwatch or DeathWatchNotification))
            Refuse(from, parcel, $"untrusted mode takes no {message.GetType().Name}");
        else
            DeliverSystem(from, parcel, recipient, message);
    }

    // Whoever was given a reference may try to watch it: that is no attack, and a line for each would hide those.
    private void RefuseSystem(Association from, Parcel parcel, IInternalActorRef recipient)
    {
        if (
            parcel.Manifest
            is Serialization.SystemMessageSerializer.WatchManifest
                or Serialization.SystemMessageSerializer.UnwatchManifest
        )
            log.Debug("Untrusted mode lets nobody watch [{0}]; [{1}] would", recipient.Path, from.Remote);
        else
            Refuse(from, parcel, "untrusted mode takes no system messages");
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
        if (_known.TryGet(path, out var known) && !known.IsTerminated)
            return known;
        if (!ActorPath.TryParse(path, out var actorPath) || !provider.HasAddress(actorPath.Address))
        {
            Refuse(from, parcel, "the recipient is not of this system");
            return null;
        }
        var recipient = (IInternalActorRef)provider.ResolveActorRef(actorPath);
        if (recipient is LocalActorRef { IsTerminated: false } local)
            _known.Keep(path, local);
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
