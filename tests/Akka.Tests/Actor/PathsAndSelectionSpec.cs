using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class PathsAndSelectionSpec
{
    [Theory]
    [InlineData("akka://sys")]
    [InlineData("akka.tcp://sys@host:2552")]
    [InlineData("akka.tcp://sys@[::1]:2552")]
    public void An_address_reads_what_it_writes(string text) => Assert.Equal(text, Address.Parse(text).ToString());

    [Theory]
    [InlineData("sys")]
    [InlineData("akka://")]
    [InlineData("akka://sys@host:port")]
    [InlineData("akka://@host:1")]
    public void What_is_no_address_is_refused(string text) => Assert.False(Address.TryParse(text, out Address _));

    [Theory]
    [InlineData("akka://sys/user/a/b", 3)]
    [InlineData("akka.tcp://sys@host:1/user", 1)]
    [InlineData("akka://sys/", 0)]
    public void A_path_reads_what_it_writes(string text, int depth)
    {
        var path = ActorPath.Parse(text);

        Assert.Equal(text, path.ToString());
        Assert.Equal(depth, path.Depth);
        Assert.Equal(path, ActorPath.Parse(path.ToSerializationFormat()));
    }

    [Fact]
    public void The_uid_tells_references_apart_and_paths_not()
    {
        var path = ActorPath.Parse("akka://sys/user/a#12");

        Assert.Equal(12, path.Uid);
        Assert.Equal("akka://sys/user/a#12", path.ToSerializationFormat());
        Assert.Equal(path, path.WithUid(13));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$a")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public async Task A_bad_name_is_refused(string name)
    {
        await using var local = new LocalSystem();

        Assert.Throws<InvalidActorNameException>(() => local.Sys.ActorOf(Props.Empty, name));
    }

    [Fact]
    public async Task A_name_is_unique_until_its_parent_has_heard_of_its_actors_end()
    {
        await using var local = new LocalSystem();
        var ends = local.NewInbox();
        var parent = local.Sys.ActorOf(Props.Create(() => new Renewer(ends.Ref)));
        var first = await LocalSystem.Soon(parent.Ask<IActorRef>("child"));
        Assert.IsType<InvalidActorNameException>((await LocalSystem.Soon(parent.Ask<Status.Failure>("child"))).Cause);

        local.Sys.Stop(first);
        var second = await ends.Expect<IActorRef>();

        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first, second);
    }

    // Others may hear of an end before the parent does: that the name is free is certain only in the parent's own Terminated.
    private sealed class Renewer : ReceiveActor
    {
        public Renewer(IActorRef ends)
        {
            Receive<string>(name =>
            {
                try
                {
                    Sender.Tell(Context.Watch(Context.ActorOf(Props.Empty, name)));
                }
                catch (InvalidActorNameException taken)
                {
                    Sender.Tell(new Status.Failure(taken));
                }
            });
            Receive<Terminated>(end => ends.Tell(Context.ActorOf(Props.Empty, end.ActorRef.Path.Name)));
        }
    }

    [Fact]
    public async Task A_selection_finds_by_name_by_pattern_and_upwards()
    {
        await using var local = new LocalSystem();
        var (a, b) = (local.NewInbox("node-a"), local.NewInbox("node-b"));

        local.Sys.ActorSelection("/user/node-*").Tell("all");
        await a.Expect("all");
        await b.Expect("all");
        local.Sys.ActorSelection("/user/node-a/../node-b").Tell("b");
        await b.Expect("b");
        Assert.Equal(a.Ref, await local.Sys.ActorSelection("/user/node-a").ResolveOne(TimeSpan.FromSeconds(20)));
        Assert.Equal(a.Ref, await local.Sys.ActorSelection(a.Ref.Path).ResolveOne(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_selection_of_nobody_is_not_found()
    {
        await using var local = new LocalSystem();

        await Assert.ThrowsAsync<ActorNotFoundException>(() =>
            local.Sys.ActorSelection("/user/none").ResolveOne(TimeSpan.FromSeconds(20))
        );
        await Assert.ThrowsAsync<ActorNotFoundException>(() =>
            local.Sys.ActorSelection("/user/none/x*").ResolveOne(TimeSpan.FromSeconds(20))
        );
    }
}
