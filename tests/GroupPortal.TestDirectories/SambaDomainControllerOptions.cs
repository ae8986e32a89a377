namespace GroupPortal.TestDirectories;

/// <summary>How a domain controller is to run.</summary>
public sealed record SambaDomainControllerOptions
{
    /// <summary>
    /// 0 serves everybody from one process, which starts and stops fastest; more are that many processes beside each
    /// other, for tests in which writers truly race.
    /// </summary>
    public int Workers { get; init; }
}
