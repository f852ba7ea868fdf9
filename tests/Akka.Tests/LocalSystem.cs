using System.Threading.Channels;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Tests;

/// <summary>One actor system for one test, quiet unless a test asks, and ended with it.</summary>
public sealed class LocalSystem : IAsyncDisposable
{
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(30); // only a broken kernel ever waits this long

    private const string Quiet = "akka { loglevel = OFF, stdout-loglevel = OFF, loggers = [], log-dead-letters = off }";

    public LocalSystem(string hocon = "") =>
        Sys = ActorSystem.Create(
            "spec",
            ConfigurationFactory.ParseString(hocon).WithFallback(ConfigurationFactory.ParseString(Quiet))
        );

    public ActorSystem Sys { get; }

    public Inbox NewInbox(string? name = null) => new(Sys, name);

    public static async Task<T> Soon<T>(Task<T> task) => await task.WaitAsync(s_guard);

    public static Task Soon(Task task) => task.WaitAsync(s_guard);

    public async ValueTask DisposeAsync() => await Soon(Sys.Terminate());

    /// <summary>An actor that keeps what it gets for the test to read: each read is a barrier.</summary>
    public sealed class Inbox
    {
        private readonly Channel<(object Message, IActorRef Sender)> _received = Channel.CreateUnbounded<(
            object Message,
            IActorRef Sender
        )>();

        public Inbox(ActorSystem system, string? name) => Ref = system.ActorOf(Props.Create<Keeper>(_received.Writer), name);

        public IActorRef Ref { get; }

        public IActorRef LastSender { get; private set; } = ActorRefs.Nobody;

        public async Task<object> Next()
        {
            var (message, sender) = await Soon(_received.Reader.ReadAsync().AsTask());
            LastSender = sender;
            return message;
        }

        public async Task<T> Expect<T>() => Assert.IsAssignableFrom<T>(await Next());

        public async Task Expect(params object[] messages)
        {
            foreach (var message in messages)
                Assert.Equal(message, await Next());
        }

        /// <summary>Everything that was sent before this call has arrived; was there anything?</summary>
        public async Task ExpectNothingBefore(IActorRef barrier)
        {
            await Soon(barrier.Ask<ActorIdentity>(new Identify("barrier")));
            await Soon(Ref.Ask<ActorIdentity>(new Identify("barrier")));
            Assert.False(_received.Reader.TryRead(out var unexpected), $"Unexpected: {unexpected.Message}");
        }

        public void Watch(IActorRef subject) => Ref.Tell(new WatchIt(subject));

        private sealed record WatchIt(IActorRef Subject) : INoSerializationVerificationNeeded;

        private sealed class Keeper(ChannelWriter<(object Message, IActorRef Sender)> received) : UntypedActor
        {
            protected override void OnReceive(object message)
            {
                if (message is WatchIt watch)
                    Context.Watch(watch.Subject);
                else
                    received.TryWrite((message, Sender));
            }
        }
    }
}
