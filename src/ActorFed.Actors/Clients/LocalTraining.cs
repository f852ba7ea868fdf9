using ActorFed.Actors.Devices;
using ActorFed.Actors.Nodes;
using ActorFed.Actors.Runs;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.Event;
using static ActorFed.Actors.Rounds.RoundProtocol;

namespace ActorFed.Actors.Clients;

/// <summary>One training, from the free slot to the saved personal state. Runs on a device's thread; touches no actor's field.</summary>
internal static class LocalTraining
{
    /// <param name="node">Where.</param>
    /// <param name="events">Who watches.</param>
    /// <param name="m">The assignment.</param>
    /// <param name="work">The work, without its personal state.</param>
    /// <param name="device">What pulled it.</param>
    /// <param name="cancel">Nobody waits any more.</param>
    public static async Task<LocalResult> RunAsync(
        NodeSpec node,
        EventStream events,
        AssignWork m,
        LocalWork work,
        IDevice device,
        CancellationToken cancel
    )
    {
        events.Publish(new ClientProgress(m.Key.Run, m.Key.Round, m.Key.Attempt, m.Client, ClientStage.Training));
        var result = await device.TrainAsync(work with { Personal = Personal(node.Personal, m.Counted) }, cancel);
        if (result.Personal is { } personal)
        {
            node.Personal.Save(new(m.Client, m.Key.Round, m.Key.Attempt), personal);
        }

        _ = result.Upload.Id; // encoded and hashed here, on the device's thread: the actors' turns stay short
        return result;
    }

    // The server names the training whose state counts; anything else on this node is of trainings that did not.
    private static Training.Encoding.TensorSet? Personal(IPersonalStore store, PersonalKey? counted)
    {
        if (counted is not { } key)
        {
            return null;
        }

        store.ForgetBefore(key);
        return store.Load(key) ?? throw new PersonalStateLostException(key);
    }
}
