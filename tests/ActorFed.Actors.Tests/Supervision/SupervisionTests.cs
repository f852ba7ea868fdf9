using ActorFed.Actors.Clients;
using ActorFed.Actors.Devices;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Store;
using ActorFed.Actors.Supervision;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Akka.Actor;

namespace ActorFed.Actors.Tests.Supervision;

public sealed class SupervisionTests
{
    private static readonly ClientId Ann = new("ann");

    public static TheoryData<Exception, TrainingVerdict> Faults =>
        new()
        {
            { new OutOfMemoryException(), new TrainingVerdict.TrySmaller() },
            { new AggregateException(new InsufficientMemoryException()), new TrainingVerdict.TrySmaller() },
            { new NumericalException(Ann, "loss"), new TrainingVerdict.GiveUp(Refusal.NotFinite) },
            { new CorruptShardException(Ann, "cut"), new TrainingVerdict.GiveUp(Refusal.CorruptShard) },
            { new DeviceLostException("cuda-0", "gone"), new TrainingVerdict.GiveUp(Refusal.DeviceLost) },
            { new PersonalStateLostException(new(Ann, new(1), 0)), new TrainingVerdict.GiveUp(Refusal.PersonalStateLost) },
            { new BlobMissingException(BlobId.Of([1])), new TrainingVerdict.GiveUp(Refusal.Unreadable) },
            { new InvalidDataException("no tensors"), new TrainingVerdict.GiveUp(Refusal.Unreadable) },
            { new IOException("No space left on device"), new TrainingVerdict.GiveUp(Refusal.StorageFailed) },
            { new UnauthorizedAccessException("personal/ann"), new TrainingVerdict.GiveUp(Refusal.StorageFailed) },
            { new TaskCanceledException(), new TrainingVerdict.Forget() },
            { new InvalidCastException("a bug"), new TrainingVerdict.Escalate() },
            { new AggregateException(new OutOfMemoryException(), new InvalidCastException()), new TrainingVerdict.Escalate() },
        };

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_in_training_has_one_meaning(Exception fault, TrainingVerdict verdict) =>
        Assert.Equal(verdict, TrainingFaults.Judge(fault));

    public static TheoryData<Exception, Directive> Children =>
        new()
        {
            { new DeviceLostException("cuda-0", "gone"), Directive.Restart },
            { new TrainingBugException(Some.Key(), Ann, new InvalidCastException()), Directive.Stop },
            { new ActorInitializationException("no"), Directive.Stop },
            { new InvalidCastException("a bug"), Directive.Escalate },
        };

    [Theory, MemberData(nameof(Children))]
    public void A_fault_in_a_child_of_a_node_has_one_meaning(Exception fault, Directive directive) =>
        Assert.Equal(directive, NodeSupervision.Decide(fault));
}
