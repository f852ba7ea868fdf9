using ActorFed.Training.Federation;
using ActorFed.Training.Partitioning;
using ActorFed.Training.Tests.Toy;
using FsCheck;
using FsCheck.Fluent;

namespace ActorFed.Training.Tests.Partitioning;

/// <summary>A shard in three: nothing twice, nothing lost, and always something to train on.</summary>
public sealed class PersonalSplitTests
{
    [Fact]
    public void The_three_parts_are_the_shard_and_their_sizes_follow_the_settings() =>
        Prop.ForAll(
                Gen.Choose(1, 200).SelectMany(n => Gen.Choose(0, 90).Select(p => (n, Share: p / 100.0))).ToArbitrary(),
                v =>
                {
                    var shard = new Shard(ClientId.Of(3), [.. Enumerable.Range(10, v.n)]);
                    var split = Split(shard, ("personal.holdout", $"{v.Share}"), ("personal.few-shot", "8"));
                    var held = Math.Min((int)(v.Share * v.n), v.n - 1);
                    return split.Train.Concat(split.FewShot).Concat(split.Test).Order().SequenceEqual(shard.Documents)
                        && split.FewShot.Length == Math.Min(8, held / 2)
                        && split.Test.Length == held - split.FewShot.Length
                        && !split.Train.IsEmpty;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_last_documents_judge_and_those_before_them_choose()
    {
        var split = Split(
            new(ClientId.Of(0), [.. Enumerable.Range(0, 10)]),
            ("personal.holdout", "0.5"),
            ("personal.few-shot", "2"),
            ("personal.order", "last")
        );
        Assert.Equal([0, 1, 2, 3, 4], split.Train.AsEnumerable());
        Assert.Equal([5, 6], split.FewShot.AsEnumerable());
        Assert.Equal([7, 8, 9], split.Test.AsEnumerable());
    }

    [Fact]
    public void The_same_seed_and_client_give_the_same_parts_and_by_default_nothing_is_held_out()
    {
        var shard = new Shard(ClientId.Of(0), [.. Enumerable.Range(0, 50)]);
        var settings = Toys.Settings(("personal.holdout", "0.4"));
        Assert.Equal(Judged(1), Judged(1));
        Assert.NotEqual(Judged(1), Judged(2));
        Assert.Equal(shard.Documents.AsEnumerable(), PersonalSplit.Of(shard, Toys.Settings(), 1).Train.AsEnumerable());

        IEnumerable<int> Judged(long seed) => PersonalSplit.Of(shard, settings, seed).Test;
    }

    private static PersonalSplit Split(Shard shard, params (string, string)[] settings) =>
        PersonalSplit.Of(shard, Toys.Settings(settings), 7);
}
