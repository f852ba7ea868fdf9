using Akka.Actor;

namespace Akka.TestKit.Tests;

/// <summary>Actors that are declared by delegates.</summary>
public sealed class DelegateActorSpec : Xunit2.TestKit
{
    [Fact]
    public void Handlers_see_the_message_and_the_context()
    {
        var echo = ActorOf(
            act =>
            {
                act.Receive<string>((m, context) => context.Sender.Tell(m + "!"));
                act.Receive<int>((m, context) => context.Sender.Tell(-m), m => m > 0);
                act.ReceiveAsync<long>(
                    async (m, context) =>
                    {
                        await Task.Yield();
                        context.Sender.Tell(m + 1);
                    }
                );
                act.ReceiveAny((_, context) => context.Sender.Tell(context.Self.Path.Name));
            },
            "echo"
        );

        foreach (var message in (object[])["hi", 5, -5, 7L])
            echo.Tell(message, TestActor);

        ExpectMsg("hi!");
        ExpectMsg(-5);
        ExpectMsg("echo");
        ExpectMsg(8L);
    }

    [Fact]
    public void Hooks_stand_in_for_those_of_a_class_and_can_call_the_usual_ones()
    {
        var parent = ActorOf(
            (act, context) =>
            {
                act.OnPreStart = _ => TestActor.Tell("start");
                act.OnPreRestart = (reason, message, _) =>
                {
                    TestActor.Tell($"restart for {reason.Message} at {message}");
                    act.DefaultPreRestart(reason, message);
                };
                act.OnPostRestart = (_, _) => TestActor.Tell("restarted");
                act.OnPostStop = _ => TestActor.Tell("stop");
                act.ReceiveAny((_, _) => throw new InvalidOperationException("x"));
                TestActor.Tell(context.Self.Path.Name);
            },
            "hooked"
        );

        parent.Tell("m");
        parent.Tell(PoisonPill.Instance);

        foreach (var said in (string[])["hooked", "start", "restart for x at m", "stop", "hooked", "restarted", "stop"])
            ExpectMsg(said);
    }

    [Fact]
    public void It_may_have_children_a_strategy_and_other_behaviours()
    {
        var parent = ActorOf(act =>
        {
            act.Strategy = new OneForOneStrategy(_ => Directive.Stop);
            act.Receive<string>(
                (_, context) =>
                {
                    var child = act.ActorOf(c => c.ReceiveAny((_, _) => throw new InvalidOperationException("x")), "child");
                    context.Watch(child);
                    child.Tell("fail");
                    act.BecomeStacked(
                        (m, _) =>
                        {
                            TestActor.Tell(((Terminated)m).ActorRef.Path.Name);
                            act.UnbecomeStacked();
                        }
                    );
                }
            );
            act.Receive<int>((m, _) => TestActor.Tell(m));
        });

        parent.Tell("begin");
        ExpectMsg("child");
        parent.Tell(1);

        ExpectMsg(1);
    }
}
