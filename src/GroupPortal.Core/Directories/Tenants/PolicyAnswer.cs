namespace GroupPortal.Core.Directories.Tenants;

/// <summary>What came of a change to a whole tenant.</summary>
public abstract record PolicyAnswer
{
    private PolicyAnswer()
    {
    }

    public sealed record Saved : PolicyAnswer;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(DirectoryError Error) : PolicyAnswer;

    /// <summary>It was sent, no answer came, and reading it back did not show it: it may be carried out, or not.</summary>
    public sealed record Unknown(DirectoryError Why) : PolicyAnswer;
}
