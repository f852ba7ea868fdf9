using Akka.Actor;

namespace Akka.Tests.Actor;

/// <summary>Who is asked, who answers, and what an Ask leaves behind: nothing.</summary>
public sealed class AskPathsSpec
{
    private sealed record Question(IActorRef AnswerTo);

    private sealed class Answers : ReceiveActor
    {
        public Answers()
        {
            Receive<Question>(q => q.AnswerTo.Tell("by message"));
            Receive<string>(s => Sender.Tell(s + "!"));
            Receive<int>(n =>
            {
                for (var i = 0; i < n; i++)
                    Sender.Tell(i);
            });
            Receive<double>(_ => Sender.Tell(Sender.Path));
        }
    }

    [Fact]
    public async Task The_message_may_hold_the_reference_to_answer_to()
    {
        await using var local = new LocalSystem();
        var actor = local.Sys.ActorOf<Answers>();

        Assert.Equal(
            "by message",
            await LocalSystem.Soon(actor.Ask<string>(to => new Question(to), null, CancellationToken.None))
        );
    }

    [Fact]
    public async Task A_selection_can_be_asked_and_one_of_nobody_times_out()
    {
        await using var local = new LocalSystem();
        local.Sys.ActorOf<Answers>("answers");

        Assert.Equal("hi!", await LocalSystem.Soon(local.Sys.ActorSelection("/user/answers").Ask<string>("hi")));
        await Assert.ThrowsAsync<AskTimeoutException>(() =>
            LocalSystem.Soon(local.Sys.ActorSelection("/user/nobody").Ask<string>("hi", TimeSpan.FromMilliseconds(1)))
        );
    }

    [Fact]
    public async Task The_first_answer_counts_and_the_others_are_dead_letters()
    {
        await using var local = new LocalSystem();
        var log = local.NewInbox();
        local.Sys.EventStream.Subscribe(log.Ref, typeof(Akka.Event.DeadLetter));
        var actor = local.Sys.ActorOf<Answers>();

        Assert.Equal(0, await LocalSystem.Soon(actor.Ask<int>(3)));

        Assert.Equal(1, (await log.Expect<Akka.Event.DeadLetter>()).Message);
        Assert.Equal(2, (await log.Expect<Akka.Event.DeadLetter>()).Message);
    }

    [Fact]
    public async Task The_reference_of_an_Ask_is_found_by_its_path_until_it_is_answered_and_not_afterwards()
    {
        await using var local = new LocalSystem();
        var actor = local.Sys.ActorOf<Answers>();

        var path = await LocalSystem.Soon(actor.Ask<ActorPath>(1.5));

        Assert.StartsWith("akka://spec/temp/", path.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ActorNotFoundException>(() =>
            LocalSystem.Soon(local.Sys.ActorSelection(path).ResolveOne(TimeSpan.FromMilliseconds(200)))
        );
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_ends_the_Ask()
    {
        await using var local = new LocalSystem();
        var actor = local.Sys.ActorOf(Props.Empty);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            LocalSystem.Soon(actor.Ask<string>("hi", new CancellationToken(canceled: true)))
        );
    }

    [Fact]
    public async Task Thousands_of_questions_at_once_each_have_their_own_answer()
    {
        await using var local = new LocalSystem();
        var actor = local.Sys.ActorOf<Answers>();

        var answers = await LocalSystem.Soon(
            Task.WhenAll(
                Enumerable
                    .Range(0, 5000)
                    .Select(i => actor.Ask<string>(i.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            )
        );

        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"{i}!"), answers);
    }
}
