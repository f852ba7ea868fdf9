using System.Globalization;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Tests.Toy;

namespace ActorFed.Training.Tests.Trainers;

/// <summary>
/// One step of plain descent at rate 1 moves the parameters by the clipped gradient: its norm and direction can be read off, group by group.
/// </summary>
public sealed class ClippingTests
{
    private static readonly (float[] Adapter, float[] Head) Whole = Moved(adapterClip: 0, headClip: 0);

    [Fact]
    public void Both_groups_move_and_not_alike()
    {
        Assert.True(Norm(Whole.Adapter) > 1e-3);
        Assert.True(Norm(Whole.Head) > 1e-3);
        Assert.True(Math.Abs(Norm(Whole.Adapter) - Norm(Whole.Head)) > 1e-3); // else one bound could stand for both
    }

    [Theory]
    [InlineData(0.5, 0.25)]
    [InlineData(0.25, 0.5)]
    public void Each_group_is_scaled_down_to_its_own_bound(double adapter, double head)
    {
        var (adapterClip, headClip) = (adapter * Norm(Whole.Adapter), head * Norm(Whole.Head));

        var clipped = Moved(adapterClip, headClip);

        Assert.Equal(adapterClip, Norm(clipped.Adapter), adapterClip * 1e-4);
        Assert.Equal(headClip, Norm(clipped.Head), headClip * 1e-4);
        SameDirection(Whole.Adapter, clipped.Adapter, adapter);
        SameDirection(Whole.Head, clipped.Head, head);
    }

    [Fact]
    public void One_group_s_bound_leaves_the_other_group_alone()
    {
        var adapterOnly = Moved(Norm(Whole.Adapter) / 2, headClip: 0);
        var headOnly = Moved(adapterClip: 0, Norm(Whole.Head) / 2);

        Assert.Equal(Whole.Head, adapterOnly.Head);
        Assert.NotEqual(Whole.Adapter, adapterOnly.Adapter);
        Assert.Equal(Whole.Adapter, headOnly.Adapter);
        Assert.NotEqual(Whole.Head, headOnly.Head);
    }

    [Fact]
    public void A_bound_that_is_not_reached_changes_no_bit()
    {
        var wide = Moved(Norm(Whole.Adapter) * 1.01, Norm(Whole.Head) * 1.01);

        Assert.Equal(Whole.Adapter, wide.Adapter);
        Assert.Equal(Whole.Head, wide.Head);
    }

    [Fact]
    public void The_norm_is_that_of_the_whole_batch_however_it_was_cut()
    {
        var (adapterClip, headClip) = (Norm(Whole.Adapter) / 2, Norm(Whole.Head) / 2);

        var parts = Moved(adapterClip, headClip, microBatch: 3);

        Assert.Equal(adapterClip, Norm(parts.Adapter), adapterClip * 1e-4);
        Assert.Equal(headClip, Norm(parts.Head), headClip * 1e-4);
    }

    private static (float[] Adapter, float[] Head) Moved(double adapterClip, double headClip, int microBatch = 0)
    {
        using var run = new ToyRun(
            "fedit",
            Toys.Settings(
                ("train.steps", "1"),
                ("train.optimizer", "sgd"),
                ("train.rate", "1"),
                ("train.clip", adapterClip.ToString("R", CultureInfo.InvariantCulture)),
                ("head.optimizer", "sgd"),
                ("head.rate", "1"),
                ("head.clip", headClip.ToString("R", CultureInfo.InvariantCulture))
            )
        );
        var work = run.Work(ClientId.Of(0), new(1));
        // A head of zeros would pass no gradient to the adapter.
        var head = TensorValue.Of([.. Enumerable.Range(0, 36).Select(i => MathF.Sin(i))], 3, 12);
        work = work with { MicroBatch = microBatch, Start = work.Start.With(TaskHead.Weight, head) };
        var upload = run.Trainer.Train(work).Upload;
        return (Difference(n => !TensorSet.IsHead(n)), Difference(TensorSet.IsHead));

        float[] Difference(Func<string, bool> ofGroup) =>
            [
                .. upload
                    .Where(ofGroup)
                    .SelectMany(t =>
                        t.Value.Floats.ToArray().Zip(work.Start[t.Key].Floats.ToArray(), (end, start) => end - start)
                    ),
            ];
    }

    private static double Norm(float[] values) => Math.Sqrt(values.Sum(v => (double)v * v));

    private static void SameDirection(float[] whole, float[] clipped, double factor) =>
        Assert.All(whole.Zip(clipped), p => Assert.Equal(factor * p.First, p.Second, 1e-6 + (1e-3 * Math.Abs(p.First))));
}
