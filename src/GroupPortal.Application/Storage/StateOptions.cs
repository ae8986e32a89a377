namespace GroupPortal.Application.Storage;

/// <summary>Where the portal keeps what is its own; section <c>State</c>.</summary>
public sealed class StateOptions
{
    /// <summary>The folder of the state database and its lock file; relative to the content root. One portal process per folder.</summary>
    public string DataDirectory { get; set; } = "data";
}
