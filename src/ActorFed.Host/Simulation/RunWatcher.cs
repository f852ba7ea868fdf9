using System.Threading.Channels;
using ActorFed.Actors.Runs;
using ActorFed.Host.Terminal;
using Akka.Actor;

namespace ActorFed.Host.Simulation;

/// <summary>Hands the facts of a run from the event stream to a display, one at a time, on a task of its own: drawing delays no actor.</summary>
internal sealed class RunWatcher : ReceiveActor
{
    private readonly ChannelWriter<IRunEvent> _facts;

    public RunWatcher(ChannelWriter<IRunEvent> facts)
    {
        _facts = facts;
        Receive<IRunEvent>(fact => _facts.TryWrite(fact));
    }

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(IRunEvent));

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        _facts.TryComplete();
    }

    /// <summary>Shows facts until there are no more.</summary>
    public static async Task ShowAsync(ChannelReader<IRunEvent> facts, IRunDisplay display)
    {
        await foreach (var fact in facts.ReadAllAsync())
        {
            display.On(fact);
        }
    }
}
