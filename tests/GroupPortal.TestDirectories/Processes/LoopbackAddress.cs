using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace GroupPortal.TestDirectories.Processes;

/// <summary>A domain controller's ports are fixed, so each gets an address of its own below 127.</summary>
internal static class LoopbackAddress
{
    public static IPAddress Pick() =>
        new([127, (byte)RandomNumberGenerator.GetInt32(64, 192), (byte)RandomNumberGenerator.GetInt32(1, 255), (byte)RandomNumberGenerator.GetInt32(1, 255)]);

    public static bool IsFree(IPAddress address, params IEnumerable<int> ports)
    {
        foreach (var port in ports)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            // As servers do: connections that linger after a stop are not in the way.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
            try
            {
                socket.Bind(new IPEndPoint(address, port));
            }
            catch (SocketException fault) when (fault.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort(IPAddress address)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
