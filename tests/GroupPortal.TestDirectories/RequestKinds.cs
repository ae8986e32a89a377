namespace GroupPortal.TestDirectories;

/// <summary>Which requests a <see cref="StrictDomain"/> refuses.</summary>
[Flags]
public enum RequestKinds
{
    None = 0,
    Binds = 1,
    Searches = 2,

    /// <summary>Modify, add, delete and rename.</summary>
    Writes = 4,

    /// <summary>Compare and extended.</summary>
    Others = 8,

    /// <summary>Whatever has an answer.</summary>
    Any = Binds | Searches | Writes | Others,
}
