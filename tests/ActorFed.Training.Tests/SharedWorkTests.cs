namespace ActorFed.Training.Tests;

public sealed class SharedWorkTests
{
    private static readonly int[] Pieces = [.. Enumerable.Range(0, 5000)];

    [Fact]
    public void What_is_made_stands_in_the_order_of_the_pieces() =>
        Assert.Equal(Pieces.Select(i => 3 * i), SharedWork.Map(Pieces, i => 3 * i));

    [Fact]
    public void Nothing_is_made_of_nothing() => Assert.Empty(SharedWork.Map(Array.Empty<int>(), i => i));

    [Fact]
    public void Of_many_faults_the_first_pieces_is_thrown()
    {
        for (var i = 0; i < 50; i++)
        {
            // fault: two bad pieces, the later one found sooner by a thread that starts in its half
            var fault = Assert.Throws<InvalidDataException>(() =>
                SharedWork.Map(Pieces, p => p is 1234 or >= 2500 ? throw new InvalidDataException($"piece {p}") : p)
            );
            Assert.Equal("piece 1234", fault.Message);
        }
    }
}
