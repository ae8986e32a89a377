namespace GroupPortal.TestDirectories;

/// <summary>The servers that tests can start.</summary>
public static class ServerTools
{
    /// <summary>Ports 389 and 636 are fixed, and below 1024.</summary>
    public static ServerTool Samba { get; } = new(
        "Samba", needsRoot: true, "/usr/sbin/samba", "/usr/share/samba/setup/provision.ldif", "/usr/lib/python3/dist-packages/samba/provision/__init__.py");

    public static ServerTool Slapd { get; } = new("slapd", needsRoot: false, "/usr/sbin/slapd", "/usr/sbin/slapadd");
}
