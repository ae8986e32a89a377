namespace GroupPortal.Web.Tests.Components;

/// <summary>A clock that stands still until it is set.</summary>
public sealed class FakeClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
