namespace ActorFed.Host.Tests;

public sealed class InterruptsTests
{
    [Fact]
    public void The_first_asks_the_second_aborts_the_third_leaves()
    {
        var exits = new List<int>();
        using var interrupts = new Interrupts(exits.Add);

        interrupts.Interrupt();
        Assert.Equal((true, false), (interrupts.Stop.IsCancellationRequested, interrupts.Abort.IsCancellationRequested));

        interrupts.Interrupt();
        Assert.True(interrupts.Abort.IsCancellationRequested);
        Assert.Empty(exits);

        interrupts.Interrupt();
        Assert.Equal([130], exits);
    }
}
