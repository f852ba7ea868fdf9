using Akka.Actor;
using Akka.Configuration;

namespace Akka.Tests.Actor;

/// <summary>akka.actor.deployment: what an actor runs on and how much it holds, by its path.</summary>
public sealed class DeploymentSpec
{
    private const string Deployed = """
        pinned { type = PinnedDispatcher }
        small { mailbox-type = "Akka.Dispatch.BoundedMailbox", mailbox-capacity = 1, mailbox-push-timeout-time = 0s }
        akka.actor.deployment {
          /service { dispatcher = pinned, mailbox = small }
          /service/worker { dispatcher = pinned }
          "/any/*" { mailbox = small }
          "/any/special" { dispatcher = pinned }
          /nowhere { dispatcher = missing }
        }
        """;

    private sealed class Parent : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is string name)
                Sender.Tell(Context.ActorOf(Props.Create<Parent>(), name));
        }
    }

    private static string Where(IActorRef actor)
    {
        var cell = ((LocalActorRef)actor).Cell;
        return $"{cell.Dispatcher.Id} {cell.Mailbox.MessageQueue.GetType().Name}";
    }

    private static Task<IActorRef> Child(IActorRef parent, string name) => LocalSystem.Soon(parent.Ask<IActorRef>(name));

    [Fact]
    public async Task A_path_has_the_dispatcher_and_mailbox_that_it_is_deployed_with()
    {
        await using var local = new LocalSystem(Deployed);
        var service = local.Sys.ActorOf(Props.Create<Parent>(), "service");
        var other = local.Sys.ActorOf(Props.Create<Parent>(), "other");

        Assert.Equal("pinned BoundedMessageQueue", Where(service));
        Assert.Equal("pinned UnboundedMessageQueue", Where(await Child(service, "worker")));
        Assert.Equal("akka.actor.default-dispatcher UnboundedMessageQueue", Where(await Child(service, "other")));
        Assert.Equal("akka.actor.default-dispatcher UnboundedMessageQueue", Where(other));
    }

    [Fact]
    public async Task A_star_stands_for_one_name_and_the_name_itself_goes_before_it()
    {
        await using var local = new LocalSystem(Deployed);
        var any = local.Sys.ActorOf(Props.Create<Parent>(), "any");
        var child = await Child(any, "child");

        Assert.Equal("akka.actor.default-dispatcher BoundedMessageQueue", Where(child));
        Assert.Equal("pinned UnboundedMessageQueue", Where(await Child(any, "special")));
        Assert.Equal("akka.actor.default-dispatcher UnboundedMessageQueue", Where(await Child(child, "grandchild")));
    }

    [Fact]
    public async Task The_configuration_goes_before_what_the_code_says()
    {
        await using var local = new LocalSystem(Deployed);
        var props = Props.Create<Parent>().WithDispatcher("akka.actor.default-fork-join-dispatcher");

        Assert.StartsWith("pinned ", Where(local.Sys.ActorOf(props, "service")), StringComparison.Ordinal);
        Assert.StartsWith(
            "akka.actor.default-fork-join-dispatcher ",
            Where(local.Sys.ActorOf(props, "undeployed")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_dispatcher_that_is_not_there_is_a_configuration_error_that_names_it_and_the_path()
    {
        await using var local = new LocalSystem(Deployed);

        var error = Assert.Throws<ConfigurationException>(() => local.Sys.ActorOf(Props.Empty, "nowhere"));

        Assert.Contains("[missing]", error.Message, StringComparison.Ordinal);
        Assert.Contains("/user/nowhere", error.Message, StringComparison.Ordinal);
    }
}
