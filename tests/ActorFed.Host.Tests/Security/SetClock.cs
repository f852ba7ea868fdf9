namespace ActorFed.Host.Tests.Security;

/// <summary>A clock that stands where a test sets it.</summary>
internal sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2030, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
