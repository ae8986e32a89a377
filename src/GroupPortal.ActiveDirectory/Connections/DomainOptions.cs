namespace GroupPortal.ActiveDirectory;

/// <summary>The way to one domain: section <c>Directories:&lt;id&gt;:Ldap</c>. There is no setting for a password itself.</summary>
public sealed class DomainOptions
{
    /// <summary>The name that people know the store by; by default the domain's DNS name.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The domain's naming context: <c>DC=example,DC=com</c>.</summary>
    public string BaseDn { get; set; } = string.Empty;

    /// <summary>What stands before the backslash in <c>EXAMPLE\ada</c>; by default read from the directory.</summary>
    public string NetbiosName { get; set; } = string.Empty;

    /// <summary>Domain controllers in order of preference: <c>ldaps://dc1.example.com:636</c>, or <c>ldap://…:389</c> for StartTLS.</summary>
    public IReadOnlyList<string> Servers { get; set; } = [];

    /// <summary><c>System</c>, or a PEM file or a folder of such files: the only authorities that are trusted then.</summary>
    public string Trust { get; set; } = DomainConnection.SystemTrust;

    /// <summary>The service account: <c>svc-groupportal@example.com</c>, <c>EXAMPLE\svc-groupportal</c> or its distinguished name.</summary>
    public string Account { get; set; } = string.Empty;

    /// <summary>The file that holds the account's password.</summary>
    public string PasswordFile { get; set; } = string.Empty;

    /// <summary>The environment variable that holds the account's password.</summary>
    public string PasswordVariable { get; set; } = string.Empty;

    /// <summary>Seconds for connecting to one server, TLS and bind included.</summary>
    public int ConnectSeconds { get; set; } = 5;

    /// <summary>Seconds for one request.</summary>
    public int CallSeconds { get; set; } = 30;

    /// <summary>Which groups give their members a role in the portal.</summary>
    public DomainRoleOptions Roles { get; set; } = new();
}
