using ActorFed.Actors.Rounds;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Tests.Rounds;

public sealed class UpdateInspectionTests
{
    private static readonly TensorSet Factor = Of("a", 4, 3);

    [Fact]
    public void An_update_keeps_the_shapes_that_were_sent_out()
    {
        Assert.Null(UpdateInspection.Judge(Asked(null), Factor));
        Assert.Equal(Refusal.ShapeMismatch, UpdateInspection.Judge(Asked(null), Of("a", 3, 4))); // fault: transposed
        Assert.Equal(Refusal.ShapeMismatch, UpdateInspection.Judge(Asked(null), Of("a", 3, 3))); // fault: shorter than asked for
    }

    [Fact]
    public void A_client_that_may_prune_sends_less_within_bounds()
    {
        Assert.Null(UpdateInspection.Judge(Asked(24), Factor));
        Assert.Null(UpdateInspection.Judge(Asked(24), Of("a", 2, 3)));
        Assert.Equal(Refusal.ShapeMismatch, UpdateInspection.Judge(Asked(24), Of("a", 1, 3))); // fault: below the least rank
        Assert.Equal(Refusal.ShapeMismatch, UpdateInspection.Judge(Asked(24), Of("a", 5, 3))); // fault: grown
        Assert.Equal(Refusal.ShapeMismatch, UpdateInspection.Judge(Asked(24), Of("a", 2, 4))); // fault: another width, fewer bytes
        Assert.Equal(Refusal.ShapeMismatch, UpdateInspection.Judge(Asked(24), Of("a", 9))); // fault: flattened
    }

    private static Assignment Asked(long? least) =>
        new(Factor, LocalPlan.Empty, Factor.PayloadBytes) { LeastUploadBytes = least };

    private static TensorSet Of(string name, params long[] shape) => TensorSet.Empty.With(name, TensorValue.Zeros(shape));
}
