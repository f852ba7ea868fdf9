using Akka.Actor;

namespace ActorFed.Benchmarks.Cluster;

/// <summary>Calls a function with every event of a type.</summary>
internal sealed class Listener<T> : ReceiveActor
    where T : class
{
    public Listener(Action<T> hear)
    {
        Receive(hear);
        Context.System.EventStream.Subscribe(Self, typeof(T));
    }

    public static void Start(ActorSystem system, Action<T> hear) => system.ActorOf(Props.Create(() => new Listener<T>(hear)));
}
