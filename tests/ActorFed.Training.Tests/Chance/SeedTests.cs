using ActorFed.Training.Chance;

namespace ActorFed.Training.Tests.Chance;

public sealed class SeedTests
{
    [Fact]
    public void Derived_seeds_are_the_ones_an_independent_program_computed()
    {
        // Python: sha256(b'n' + <q seed, then per part b'n' + <q number or b't' + <q length + utf-8), first 8 bytes as <q.
        Assert.Equal(9210196380858312437, Seed.Derive(42, "batches"));
        Assert.Equal(1374385955997070894, Seed.Derive(42, "batches", 3, "client-007"));
        Assert.Equal(-3223026668334948646, Seed.Derive(-1, "é", 0));
    }

    [Fact]
    public void A_number_and_its_text_are_different_parts() => Assert.NotEqual(Seed.Derive(1, "x", 7), Seed.Derive(1, "x", "7"));

    [Fact]
    public void Neighbouring_texts_do_not_run_together() =>
        Assert.NotEqual(Seed.Derive(1, "x", "ab", "c"), Seed.Derive(1, "x", "a", "bc"));

    [Fact]
    public void Every_part_counts()
    {
        long[] seeds =
        [
            Seed.Derive(1, "x"),
            Seed.Derive(2, "x"),
            Seed.Derive(1, "y"),
            Seed.Derive(1, "x", 0),
            Seed.Derive(1, "x", 0, 0),
            Seed.Derive(1, "x", 1, 0),
            Seed.Derive(1, "x", 0, 1),
        ];
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
    }

    [Fact]
    public void A_purpose_must_be_named() => Assert.Throws<ArgumentException>(() => Seed.Derive(1, ""));
}
