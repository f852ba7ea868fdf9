using ActorFed.Actors.Devices;
using ActorFed.Actors.Evaluating;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.TestKit;
using static ActorFed.Actors.Evaluating.EvaluationProtocol;

namespace ActorFed.Actors.Tests.Evaluating;

/// <summary>A real evaluator; the test is the slot of its device.</summary>
public sealed class EvaluatorActorTests : FaultKit
{
    private readonly WorkQueue _queue = new();
    private readonly TestProbe _one;
    private readonly TestProbe _two;
    private readonly IActorRef _evaluator;
    private readonly TestProbe _parent;

    public EvaluatorActorTests()
    {
        (_one, _two) = (CreateTestProbe("one"), CreateTestProbe("two"));
        (_evaluator, _parent) = Raise(EvaluatorActor.Props(_queue), "evaluator");
    }

    [Fact]
    public void A_device_that_cannot_evaluate_meets_the_supervisor_with_its_cause()
    {
        Asks(_one, round: 1);
        var device = new AskingDevice { Evaluate = _ => throw new InvalidOperationException("fault: no such documents") };
        Take().RunOnAsync(device).GetAwaiter().GetResult();
        Clock.Settle();
        var fault = Assert.IsType<EvaluationException>(_parent.Next<Fault>().Cause);
        Assert.Equal("The evaluation failed: fault: no such documents", fault.Message);
        Assert.IsType<InvalidOperationException>(fault.InnerException);
        _one.HearsNothing();
    }

    [Fact]
    public void Each_asker_gets_its_own_answer_in_whatever_order_they_are_found()
    {
        Asks(_one, round: 1, CorpusPart.Validation);
        Asks(_two, round: 2, CorpusPart.Test);
        var (first, second) = (Take(), Take());
        Do(second);
        Do(first);
        Clock.Settle();
        var (one, two) = (_one.Next<Evaluated>(), _two.Next<Evaluated>());
        Assert.Equal((1, (int)CorpusPart.Validation), (one.Round.Number, one.Result.N));
        Assert.Equal((2, (int)CorpusPart.Test), (two.Round.Number, two.Result.N));

        static void Do(WorkItem item) =>
            item.RunOnAsync(new AskingDevice { Evaluate = part => Task.FromResult(new Evaluation((int)part, 0, 0, 0, 0)) })
                .GetAwaiter()
                .GetResult();
    }

    [Fact]
    public void A_device_that_is_lost_three_times_over_one_evaluation_ends_it()
    {
        Asks(_one, round: 1);
        for (var loss = 0; loss < 3; loss++)
        {
            _queue.HandBack(Take(), new DeviceLostException($"cuda-{loss}", "fault: gone"));
        }

        Clock.Settle();
        Assert.Contains("cuda-2", _parent.Next<Fault>().Cause.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_evaluator_that_is_stopped_cancels_what_it_asked_for()
    {
        Asks(_one, round: 1);
        var device = new AskingDevice();
        var running = Take().RunOnAsync(device);
        _evaluator.Tell(PoisonPill.Instance); // fault
        Clock.Settle();
        Assert.True(device.Asked.Task.IsCanceled);
        Assert.True(running.IsCompletedSuccessfully || running.Wait(TimeSpan.FromSeconds(60)));
        _one.HearsNothing();
        _parent.HearsNothing();
    }

    private void Asks(TestProbe asker, int round, CorpusPart part = CorpusPart.Validation) =>
        asker.Send(_evaluator, new Evaluate(new(round), TensorSet.Empty, part));

    // The work reaches the queue on another thread: to take it is the barrier. The clock may not be asked before it is done.
    private WorkItem Take() => _queue.TakeAsync(CancellationToken.None).GetAwaiter().GetResult();

    private sealed class AskingDevice : IDevice
    {
        public TaskCompletionSource<Evaluation> Asked { get; } = new();
        public Func<CorpusPart, Task<Evaluation>>? Evaluate { get; init; }
        public string Name => "cpu-0";
        public int Slots => 1;

        public JobSize Measure(LocalWork work) => throw new NotSupportedException();

        public Task<LocalResult> TrainAsync(LocalWork work, CancellationToken cancel) => throw new NotSupportedException();

        public Task<Evaluation> EvaluateAsync(TensorSet global, CorpusPart part, CancellationToken cancel)
        {
            cancel.Register(() => Asked.TrySetCanceled(cancel));
            return Evaluate?.Invoke(part) ?? Asked.Task;
        }
    }
}
