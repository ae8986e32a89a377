namespace GroupPortal.Application.Storage;

/// <summary>Where the portal keeps what is its own; the host sets it from its own data directory.</summary>
public sealed class StateOptions
{
    /// <summary>The folder of the state database and its lock file. One portal process per folder.</summary>
    public string DataDirectory { get; set; } = "data";
}
