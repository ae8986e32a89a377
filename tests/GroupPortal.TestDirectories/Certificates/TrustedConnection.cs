using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace GroupPortal.TestDirectories.Certificates;

/// <summary>TLS to a test server, as its client has it.</summary>
internal static class TrustedConnection
{
    /// <param name="caFile">The only authority that is trusted, as PEM.</param>
    /// <exception cref="IOException">The server cannot be reached or hung up.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The certificate is not good for this address.</exception>
    public static async Task<SslStream> OpenAsync(IPEndPoint server, string caFile, CancellationToken cancellation)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        SslStream? stream = null;
        try
        {
            await socket.ConnectAsync(server, cancellation);
            stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
            var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            trust.CustomTrustStore.ImportFromPemFile(caFile);
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = server.Address.ToString(), CertificateChainPolicy = trust }, cancellation);
            return stream;
        }
        catch (Exception fault)
        {
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }

            socket.Dispose();
            if (fault is SocketException)
            {
                throw new IOException(fault.Message, fault);
            }

            throw;
        }
    }
}
