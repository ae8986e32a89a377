namespace GroupPortal.Core.Directories;

/// <summary>How a step of a check ended.</summary>
public enum CheckStatus
{
    Ok,

    /// <summary>The portal works, but not with everything.</summary>
    Warning,
    Failed,

    /// <summary>Not tried, because of an earlier step or for want of something to try it on.</summary>
    Skipped,
}

/// <summary>One step of testing the way to a directory, in words for whoever set it up.</summary>
/// <param name="Subject">The server that it is about; null for the directory as a whole.</param>
/// <param name="Found">What was found.</param>
/// <param name="Advice">What to do now; null when there is nothing to do.</param>
public sealed record CheckStep(string? Subject, string Name, CheckStatus Status, string Found, string? Advice = null)
{
    /// <summary>The server's own words, as they came.</summary>
    public string? ServerText { get; init; }
}
