namespace GroupPortal.Web.Security;

/// <summary>The proxies in front of the portal: section <c>Proxy</c>.</summary>
public sealed class ProxyOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Proxy";

    /// <summary>
    /// The IP addresses from which <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. None: from nowhere,
    /// since anybody can send them.
    /// </summary>
    public IReadOnlyList<string> KnownAddresses { get; set; } = [];
}
