namespace GroupPortal.Embedded;

/// <summary>How an embedded store is made and how it behaves.</summary>
public sealed record EmbeddedOptions
{
    /// <summary>The folder of the store's file <c>directory-&lt;storeId&gt;.db</c>; made when it is missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>How many people the sample company has, 10 or more. Read only when the file is made.</summary>
    public int People { get; init; } = 5000;

    /// <summary>Entra only: whether distribution groups can be written. Off, as with Graph alone.</summary>
    public bool Exchange { get; init; }
}
