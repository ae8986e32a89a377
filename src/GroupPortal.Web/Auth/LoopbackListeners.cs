using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GroupPortal.Web.Auth;

/// <summary>Whether the portal can be reached from this machine only, by the addresses it really listens on.</summary>
internal sealed class LoopbackListeners(IServer server)
{
    public bool AreLoopbackOnly =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses is { Count: > 0 } addresses && addresses.All(IsLoopback);

    // Wildcards (*, +, 0.0.0.0, [::]), names and sockets that are not an IP address are all "not loopback".
    internal static bool IsLoopback(string address)
    {
        var host = BindingAddress.Parse(address).Host.Trim('[', ']');
        return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
    }
}
