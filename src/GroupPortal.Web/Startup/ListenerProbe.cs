using System.Net;
using System.Net.Sockets;

namespace GroupPortal.Web.Startup;

/// <summary>
/// Tries each address of <c>Urls</c> before the start. Kestrel would find out too, but only after the stores are filled,
/// and the host would log a stack trace.
/// </summary>
internal static class ListenerProbe
{
    public static void Run(IConfiguration configuration)
    {
        foreach (var address in ListenerAddresses.Of(configuration))
        {
            var binding = BindingAddress.Parse(address);
            if (binding.IsUnixPipe || binding.IsNamedPipe)
            {
                continue;
            }

            foreach (var ip in AddressesOf(binding.Host))
            {
                Try(address, new IPEndPoint(ip, binding.Port));
            }
        }
    }

    private static void Try(string address, IPEndPoint endpoint)
    {
        try
        {
            // Bound and never listening: nobody can get connected to it by chance.
            using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(endpoint);
        }
        catch (SocketException exception)
        {
            switch (exception.SocketErrorCode)
            {
                case SocketError.AddressAlreadyInUse:
                    throw new AddressProblemException($"Another program listens on {address}. Stop it or set Urls to another address.", exception);
                case SocketError.AccessDenied:
                    throw new AddressProblemException($"This account may not listen on {address}. Set Urls to a port from 1024 on, or grant it the right.", exception);
                // A machine without IPv6 has no [::1]; Kestrel makes do with the other half of localhost.
                case SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported when !IsSpelledOut(address):
                    break;
                case SocketError.AddressNotAvailable:
                    throw new AddressProblemException($"{address} is no address of this machine. Set Urls to one that is.", exception);
                default:
                    throw new AddressProblemException($"The portal cannot listen on {address}: {exception.Message}. Set Urls to another address.", exception);
            }
        }
    }

    private static bool IsSpelledOut(string address) => IPAddress.TryParse(BindingAddress.Parse(address).Host.Trim('[', ']'), out _);

    /// <summary>As Kestrel reads a host: localhost is both loopbacks, an IP address itself, anything else every address.</summary>
    private static IPAddress[] AddressesOf(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
        : IPAddress.TryParse(host.Trim('[', ']'), out var ip) ? [ip]
        : [IPAddress.Any];
}
